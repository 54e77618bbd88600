package io.cloudconnector.host;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.cli.Console;
import io.cloudconnector.host.config.LoadedSettings;
import io.cloudconnector.host.config.PluginSettings;
import io.cloudconnector.host.config.Settings;
import io.cloudconnector.host.config.SettingsLoader;
import io.cloudconnector.host.plugin.PluginLoader;
import io.cloudconnector.host.plugin.PluginReport;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.host.vault.VaultException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * A checked configuration and the plugins it was checked against.
 *
 * @param warnings what the operator should know although it is no fault
 */
record Configured(Settings settings, List<String> warnings, PluginReport plugins)
    implements AutoCloseable {
  /** How a configuration is read: from a file, or from text made by a command. */
  interface Source {
    LoadedSettings read(
        Function<PluginSettings, Map<VendorType, Descriptor>> descriptors,
        Function<String, Optional<String>> encryptionKeyFault);
  }

  static Configured load(Path file, Console console) {
    return load(
        (descriptors, keyFault) ->
            SettingsLoader.load(
                file, console.environment(), console.home(), descriptors, keyFault));
  }

  /**
   * Reads, loads the plugins on the way, and checks one against the other.
   *
   * @throws io.cloudconnector.host.config.StartupException with all faults at once
   */
  static Configured load(Source source) {
    AtomicReference<PluginReport> report = new AtomicReference<>();
    try {
      LoadedSettings loaded =
          source.read(plugins -> descriptors(report, plugins), Configured::keyFault);
      PluginReport plugins = Objects.requireNonNull(report.get(), "plugins were not asked for");
      plugins.require(loaded.settings().plugins().required());
      return new Configured(loaded.settings(), loaded.warnings(), plugins);
    } catch (RuntimeException e) {
      PluginReport plugins = report.get();
      if (plugins != null) {
        plugins.close();
      }
      throw e;
    }
  }

  private static Map<VendorType, Descriptor> descriptors(
      AtomicReference<PluginReport> report, PluginSettings settings) {
    PluginReport loaded = PluginLoader.ofHost().load(settings.directory());
    report.set(loaded);
    return loaded.descriptors();
  }

  private static Optional<String> keyFault(String key) {
    try {
      EncryptionKey.parse(key);
      return Optional.empty();
    } catch (VaultException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  @Override
  public void close() {
    plugins.close();
  }
}
