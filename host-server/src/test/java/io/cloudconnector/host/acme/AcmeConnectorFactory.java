package io.cloudconnector.host.acme;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Setting;
import java.time.Duration;
import java.util.Optional;

/** Acme counts runs, of which it lists ten days at once, naps, and badges, which it lists never. */
public final class AcmeConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return described().signedWebhooks().build();
  }

  /** All but how its webhooks prove where they come from. */
  static Descriptor.Builder described() {
    return Descriptor.builder("acme", "Acme")
        .endpoint("base", "https://api.acme.example")
        .endpoint("auth", "https://acme.example/authorize")
        .endpoint("token", "https://acme.example/token")
        .endpoint("revoke", "/v1/access")
        .resource(
            ResourceType.of("run")
                .scopes("read:run")
                .maxSpan(Duration.ofDays(10))
                .lookBack(Duration.ofDays(60)))
        .resource(ResourceType.of("nap").scopes("read:nap").withoutWebhooks())
        .resource(ResourceType.of("badge").scopes("read:run").withoutHistory())
        .limit(RateLimitConfig.of(1000, Duration.ofMinutes(1)))
        .limit(RateLimitConfig.of(200, Duration.ofHours(1)).perConnection())
        .webhookTolerance(Duration.ofHours(2))
        .linkOption(Setting.text("region", "Where the account is.").choices("eu", "us"))
        .setting(
            Setting.of("lenient", Setting.Kind.FLAG, "Takes notices without a trace.")
                .defaultValue("false"))
        .setting(Setting.of("talkative", Setting.Kind.FLAG, "Says too much.").defaultValue("false"))
        .setting(
            Setting.of("unstartable", Setting.Kind.FLAG, "Does not start.").defaultValue("false"));
  }

  @Override
  public CloudConnector create(ConnectorContext context) {
    if (context.config().setting("unstartable").equals(Optional.of("true"))) {
      throw new IllegalStateException(
          "told not to start with " + context.config().clientSecret().reveal());
    }
    // As connectors do that keep something from one start to the next.
    Optional<Secret> _ = context.state().read("kept");
    return new AcmeConnector(context);
  }
}
