package io.cloudconnector.whoop;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookTrust;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What WHOOP is, as data, and the way to its connector. */
public final class WhoopConnectorFactory implements ConnectorFactory {
  private static final Logger log = LoggerFactory.getLogger(WhoopConnectorFactory.class);
  private static final VendorType VENDOR = new VendorType("whoop");
  private static final String OFFLINE = "offline";

  @Override
  public Descriptor descriptor() {
    Descriptor.Builder whoop =
        Descriptor.builder(VENDOR, "WHOOP")
            .endpoint("base", "https://api.prod.whoop.com/developer")
            .endpoint("auth", "https://api.prod.whoop.com/oauth/oauth2/auth")
            .endpoint("token", "https://api.prod.whoop.com/oauth/oauth2/token")
            .endpoint("revoke", "/v2/user/access")
            .scope(OFFLINE)
            .limit(RateLimitConfig.of(100, Duration.ofMinutes(1)))
            .limit(RateLimitConfig.of(10_000, Duration.ofDays(1)))
            .webhooks(WebhookTrust.SIGNED)
            .webhookTolerance(Duration.ofHours(2))
            .webhookSecretIsClientSecret();
    for (WhoopResource resource : WhoopResource.values()) {
      whoop.resource(resource.declared());
    }
    return whoop.build();
  }

  @Override
  public WhoopConnector create(ConnectorContext context) {
    Set<String> asked = context.config().scopes();
    warnWithout(asked, OFFLINE, "WHOOP gives no refresh token, so links end after an hour");
    warnWithout(asked, "read:profile", "WHOOP may not tell whose account it is, so linking fails");
    return new WhoopConnector(context);
  }

  private static void warnWithout(Set<String> asked, String scope, String consequence) {
    if (!asked.contains(scope)) {
      log.atWarn()
          .addKeyValue("vendor", VENDOR)
          .log("the configured scopes lack {}: {}; add it", scope, consequence);
    }
  }
}
