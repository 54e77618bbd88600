package io.cloudconnector.testkit.thorough;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.ResourceType;

/**
 * A vendor that counts steps, lists them, tells of several in one webhook, and is told by calls
 * where to send.
 */
public final class ThoroughConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder("thorough", "Thorough")
        .endpoint("base", "https://api.thorough.example")
        .endpoint("auth", "https://thorough.example/consent")
        .endpoint("token", "/oauth/token")
        .resource("steps", "steps")
        .resource(ResourceType.of("badge").withoutHistory())
        .signedWebhooks()
        .build();
  }

  @Override
  public ThoroughConnector create(ConnectorContext context) {
    return new ThoroughConnector(context);
  }
}
