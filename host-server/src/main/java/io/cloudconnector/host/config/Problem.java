package io.cloudconnector.host.config;

import java.util.Objects;

/**
 * One fault in the configuration file.
 *
 * @param line counted from 1; 0 where no line can be named
 * @param key the dotted key, such as {@code server.port}; empty where none can be named
 * @param message what is wrong, never quoting a secret
 * @param suggestion what to write instead
 */
public record Problem(int line, String key, String message, String suggestion) {
  public Problem {
    Objects.requireNonNull(key);
    Objects.requireNonNull(message);
    Objects.requireNonNull(suggestion);
  }
}
