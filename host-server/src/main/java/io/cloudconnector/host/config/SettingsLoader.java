package io.cloudconnector.host.config;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.VendorType;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the configuration file. */
public final class SettingsLoader {
  private SettingsLoader() {}

  public static LoadedSettings load(
      Path file,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> descriptors,
      Function<String, Optional<String>> encryptionKeyFault) {
    return unwritten(environment);
  }

  public static LoadedSettings load(
      Path file,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> descriptors) {
    return load(file, environment, home, descriptors, key -> Optional.empty());
  }

  public static LoadedSettings parse(
      String yaml,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> descriptors,
      Function<String, Optional<String>> encryptionKeyFault) {
    return unwritten(environment);
  }

  public static LoadedSettings parse(
      String yaml,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> descriptors) {
    return parse(yaml, environment, home, descriptors, key -> Optional.empty());
  }

  private static LoadedSettings unwritten(Map<String, String> environment) {
    if (environment.isEmpty()) {
      throw new UnsupportedOperationException("not written yet");
    }
    throw new IllegalStateException("not written yet");
  }
}
