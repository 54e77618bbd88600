package io.cloudconnector.host.config;

import java.util.List;
import java.util.Objects;

/** Settings, and what the operator should know about them although they are no fault. Immutable. */
public record LoadedSettings(Settings settings, List<String> warnings) {
  public LoadedSettings {
    Objects.requireNonNull(settings);
    warnings = List.copyOf(warnings);
  }
}
