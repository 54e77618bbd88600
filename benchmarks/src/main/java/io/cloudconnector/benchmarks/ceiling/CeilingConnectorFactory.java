package io.cloudconnector.benchmarks.ceiling;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;

/** A vendor whose webhooks are checked and forgotten. */
public final class CeilingConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder("ceiling", "Ceiling")
        .endpoint("base", "http://127.0.0.1")
        .endpoint("auth", "/authorize")
        .endpoint("token", "/token")
        .resource("nothing", "nothing")
        .signedWebhooks()
        .build();
  }

  @Override
  public CeilingConnector create(ConnectorContext context) {
    return new CeilingConnector(context);
  }
}
