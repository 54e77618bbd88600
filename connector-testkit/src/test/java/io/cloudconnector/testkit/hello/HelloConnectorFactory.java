package io.cloudconnector.testkit.hello;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;

/** A vendor that counts steps. */
public final class HelloConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder("hello", "Hello")
        .endpoint("base", "https://api.hello.example")
        .endpoint("auth", "https://hello.example/consent")
        .endpoint("token", "/oauth/token")
        .resource("steps", "steps")
        .signedWebhooks()
        .build();
  }

  @Override
  public HelloConnector create(ConnectorContext context) {
    return new HelloConnector(context);
  }
}
