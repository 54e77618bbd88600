package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import java.nio.file.Path;
import java.util.Objects;

/**
 * With what the host ends TLS itself. Immutable.
 *
 * @param keystore PKCS12, with one private key and its certificates
 */
public record TlsSettings(Path keystore, Secret password) {
  public TlsSettings {
    Objects.requireNonNull(keystore);
    Objects.requireNonNull(password);
  }
}
