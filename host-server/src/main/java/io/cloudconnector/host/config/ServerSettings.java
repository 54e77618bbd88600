package io.cloudconnector.host.config;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the host listens and how the world reaches it. Immutable.
 *
 * @param port 0 for any free one
 * @param publicUrl what callback and webhook addresses begin with; never ends in {@code /}
 * @param managementPort a port of its own for health and metrics, 0 for any free one; empty: they
 *     share {@code port}
 * @param tls empty: plain HTTP. The management port is plain in any case
 */
public record ServerSettings(
    String host,
    int port,
    URI publicUrl,
    OptionalInt managementPort,
    Optional<TlsSettings> tls,
    ProxySettings proxies) {
  public ServerSettings {
    Objects.requireNonNull(host);
    Objects.requireNonNull(managementPort);
    Objects.requireNonNull(tls);
    Objects.requireNonNull(proxies);
    if (publicUrl.toString().endsWith("/")) {
      throw new IllegalArgumentException("the public address must not end in /");
    }
  }

  /** Plain HTTP, with no proxy before it that is believed. */
  public ServerSettings(String host, int port, URI publicUrl, OptionalInt managementPort) {
    this(host, port, publicUrl, managementPort, Optional.empty(), ProxySettings.NONE);
  }
}
