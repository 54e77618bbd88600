package io.cloudconnector.host.acme;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.WebhookTrust;

/** Acme, whose webhooks nobody has to believe. */
public final class UnsignedAcmeConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return AcmeConnectorFactory.described().webhooks(WebhookTrust.UNSIGNED).build();
  }

  @Override
  public CloudConnector create(ConnectorContext context) {
    return new AcmeConnector(context);
  }
}
