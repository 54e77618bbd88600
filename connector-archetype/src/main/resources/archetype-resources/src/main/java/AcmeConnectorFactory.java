package ${package};

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;

/**
 * Where the host begins: it finds this class by {@code META-INF/services} and asks what Acme is.
 * The operator may overrule each address, and configures the client id and secret.
 */
public final class AcmeConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder("acme", "Acme")
        .endpoint("base", "https://api.acme.example")
        .endpoint("auth", "https://acme.example/oauth/authorize")
        .endpoint("token", "/oauth/token")
        .endpoint("revoke", "/oauth/revoke")
        .resource("steps", "read:steps")
        .signedWebhooks()
        .webhookSecretIsClientSecret()
        .build();
  }

  @Override
  public AcmeConnector create(ConnectorContext context) {
    return new AcmeConnector(context);
  }
}
