package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the host keeps its data. Immutable.
 *
 * @param url {@code jdbc:sqlite:} with an absolute path, or {@code jdbc:postgresql:}
 */
public record DatabaseSettings(String url, Optional<String> username, Optional<Secret> password) {
  public DatabaseSettings {
    Objects.requireNonNull(url);
    Objects.requireNonNull(username);
    Objects.requireNonNull(password);
  }

  /** Leaves the query of the address out: a password may stand there. */
  @Override
  public String toString() {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }
}
