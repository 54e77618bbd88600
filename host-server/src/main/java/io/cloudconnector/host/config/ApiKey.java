package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import java.util.Objects;

/**
 * A key that lets an application call the host. Immutable.
 *
 * @param name what logs call it
 * @param readOnly whether it may only look
 */
public record ApiKey(String name, Secret key, boolean readOnly) {
  public ApiKey {
    Objects.requireNonNull(name);
    Objects.requireNonNull(key);
  }
}
