package io.cloudconnector.host.config;

import java.net.URI;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Where the host listens and how the world reaches it. Immutable.
 *
 * @param port 0 for any free one
 * @param publicUrl what callback and webhook addresses begin with; never ends in {@code /}
 * @param managementPort a port of its own for health and metrics, 0 for any free one; empty: they
 *     share {@code port}
 */
public record ServerSettings(String host, int port, URI publicUrl, OptionalInt managementPort) {
  public ServerSettings {
    Objects.requireNonNull(host);
    Objects.requireNonNull(managementPort);
    if (publicUrl.toString().endsWith("/")) {
      throw new IllegalArgumentException("the public address must not end in /");
    }
  }
}
