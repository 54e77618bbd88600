package io.cloudconnector.host.config;

import io.cloudconnector.api.VendorType;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Where plugins are. Immutable.
 *
 * @param directory absolute
 * @param required vendors without whose plugin the host must not start
 */
public record PluginSettings(Path directory, Set<VendorType> required) {
  public PluginSettings {
    Objects.requireNonNull(directory);
    required = Set.copyOf(required);
  }
}
