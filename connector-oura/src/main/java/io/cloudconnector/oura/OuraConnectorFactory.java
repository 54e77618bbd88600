package io.cloudconnector.oura;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.Setting;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookTrust;
import java.time.Duration;

/** What Oura is, as data, and the way to its connector. */
public final class OuraConnectorFactory implements ConnectorFactory {
  private static final VendorType VENDOR = new VendorType("oura");

  /**
   * The limit counts for the whole application. Oura names 5,000 in five minutes without saying
   * whether of each token or of all; counted over all, neither is ever broken.
   */
  @Override
  public Descriptor descriptor() {
    Descriptor.Builder oura =
        Descriptor.builder(VENDOR, "Oura")
            .endpoint("base", "https://api.ouraring.com")
            .endpoint("auth", "https://cloud.ouraring.com/oauth/authorize")
            .endpoint("token", "https://api.ouraring.com/oauth/token")
            .endpoint("revoke", "/oauth/revoke")
            .limit(RateLimitConfig.of(5_000, Duration.ofMinutes(5)))
            .webhooks(WebhookTrust.SIGNED)
            .webhookSecretIsClientSecret()
            .setting(
                Setting.of(
                        OuraConnector.SANDBOX,
                        Setting.Kind.FLAG,
                        "Fetches made-up data from Oura's sandbox, to try without a ring; no webhooks.")
                    .defaultValue("false"));
    for (OuraResource resource : OuraResource.values()) {
      oura.resource(resource.declared());
    }
    return oura.build();
  }

  @Override
  public OuraConnector create(ConnectorContext context) {
    return new OuraConnector(context);
  }
}
