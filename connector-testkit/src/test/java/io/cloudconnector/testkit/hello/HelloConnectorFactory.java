package io.cloudconnector.testkit.hello;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookTrust;

/** A vendor that counts steps. */
public final class HelloConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder(new VendorType("hello"), "Hello")
        .endpoint("base", "https://api.hello.example")
        .endpoint("auth", "https://hello.example/consent")
        .endpoint("token", "/oauth/token")
        .resource(ResourceType.of("steps").scopes("steps"))
        .webhooks(WebhookTrust.SIGNED)
        .build();
  }

  @Override
  public HelloConnector create(ConnectorContext context) {
    return new HelloConnector(context);
  }
}
