package io.cloudconnector.host.observe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Which host this is, as the build wrote it down.
 *
 * @param version the host's own
 * @param api of connector-api and connector-core, as {@code major.minor}
 */
public record HostVersion(String version, String api) {
  public HostVersion {
    Objects.requireNonNull(version);
    Objects.requireNonNull(api);
  }

  /** The running one. */
  public static HostVersion current() {
    Properties written = new Properties();
    try (InputStream file =
        Objects.requireNonNull(HostVersion.class.getResourceAsStream("version.properties"))) {
      written.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the host's jar is damaged", e);
    }
    return new HostVersion(written.getProperty("version"), written.getProperty("api"));
  }
}
