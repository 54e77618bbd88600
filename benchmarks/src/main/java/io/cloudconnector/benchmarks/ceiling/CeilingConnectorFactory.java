package io.cloudconnector.benchmarks.ceiling;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A vendor whose webhooks are checked and forgotten. Its name stands in the jar. */
public final class CeilingConnectorFactory implements ConnectorFactory {
  @Override
  public Descriptor descriptor() {
    return Descriptor.builder(name(), "Ceiling")
        .endpoint("base", "http://127.0.0.1")
        .endpoint("auth", "/authorize")
        .endpoint("token", "/token")
        .resource("nothing", "nothing")
        .signedWebhooks()
        .build();
  }

  private static String name() {
    try (InputStream file =
        Objects.requireNonNull(CeilingConnectorFactory.class.getResourceAsStream("/vendor"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CeilingConnector create(ConnectorContext context) {
    return new CeilingConnector(context);
  }
}
