package io.cloudconnector.host.acme;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;

/** Bolt is another vendor that speaks as Acme does, in case two are needed. */
public final class BoltConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder("bolt", "Bolt")
        .endpoint("base", "https://api.bolt.example")
        .endpoint("auth", "https://bolt.example/authorize")
        .endpoint("token", "https://bolt.example/token")
        .endpoint("revoke", "/v1/access")
        .resource("run", "read:run")
        .signedWebhooks()
        .build();
  }

  @Override
  public CloudConnector create(ConnectorContext context) {
    return new AcmeConnector(context);
  }
}
