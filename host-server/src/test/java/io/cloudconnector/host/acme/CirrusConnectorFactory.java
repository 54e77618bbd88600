package io.cloudconnector.host.acme;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.ResourceType;

/** Cirrus is a vendor that has to be asked for its webhooks, and tests the address first. */
public final class CirrusConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder("cirrus", "Cirrus")
        .endpoint("base", "https://api.cirrus.example")
        .endpoint("auth", "https://cirrus.example/authorize")
        .endpoint("token", "https://cirrus.example/token")
        .resource("run", "read:run")
        .resource("nap", "read:nap")
        .resource(ResourceType.of("pulse").withoutWebhooks())
        .signedWebhooks()
        .build();
  }

  @Override
  public CloudConnector create(ConnectorContext context) {
    return new CirrusConnector(context);
  }
}
