package io.cloudconnector.sample;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;

/** The same Acme as the archetype's. */
public final class OwnLibrariesFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder("acme", "Acme")
        .endpoint("base", "https://api.acme.example")
        .endpoint("auth", "https://acme.example/oauth/authorize")
        .endpoint("token", "/oauth/token")
        .resource("steps", "read:steps")
        .signedWebhooks()
        .webhookSecretIsClientSecret()
        .build();
  }

  @Override
  public OwnLibrariesConnector create(ConnectorContext context) {
    return new OwnLibrariesConnector(context);
  }
}
