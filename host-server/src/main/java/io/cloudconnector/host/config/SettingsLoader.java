package io.cloudconnector.host.config;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.VendorType;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the configuration. All faults come in one {@link ConfigException}, those of vendors'
 * sections too: the plugins are asked for in between, as soon as it is known where they are.
 */
public final class SettingsLoader {
  private static final String MINIMAL =
      """
      server:
        publicUrl: "https://connect.example.com"
      security:
        apiKeys: ["${CONNECTOR_API_KEY}"]
        encryptionKeys: ["${CONNECTOR_ENCRYPTION_KEY}"]   # connector-host keys generate
      """;

  private SettingsLoader() {}

  /**
   * Reads a file.
   *
   * @param environment what <code>${NAME}</code> is filled from
   * @param home where relative paths start
   * @param descriptors gives the connectors found in the plugins folder; asked once, and not at all
   *     when the plugins section is faulty
   * @param encryptionKeyFault says what is wrong with an encryption key, never quoting it; empty
   *     when it is good
   * @throws ConfigException when the file has faults
   * @throws StartupException when it cannot be read
   */
  public static LoadedSettings load(
      Path file,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> descriptors,
      Function<String, Optional<String>> encryptionKeyFault) {
    return new SettingsReader(file.toString(), environment, home, descriptors, encryptionKeyFault)
        .read(contentOf(file));
  }

  /** {@link #load} without a check of encryption keys. */
  public static LoadedSettings load(
      Path file,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> descriptors) {
    return load(file, environment, home, descriptors, key -> Optional.empty());
  }

  /** {@link #load} from a text instead of a file. */
  public static LoadedSettings parse(
      String yaml,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> descriptors,
      Function<String, Optional<String>> encryptionKeyFault) {
    return new SettingsReader("(text)", environment, home, descriptors, encryptionKeyFault)
        .read(yaml);
  }

  /** {@link #parse} without a check of encryption keys. */
  public static LoadedSettings parse(
      String yaml,
      Map<String, String> environment,
      Path home,
      Function<PluginSettings, Map<VendorType, Descriptor>> descriptors) {
    return parse(yaml, environment, home, descriptors, key -> Optional.empty());
  }

  private static String contentOf(Path file) {
    if (!Files.exists(file)) {
      throw StartupException.configuration(
          "There is no configuration file "
              + file.toAbsolutePath()
              + "\nName another with --config FILE, or make it with at least:\n\n"
              + MINIMAL.stripTrailing());
    }
    if (Files.isDirectory(file)) {
      throw StartupException.configuration(
          file
              + " is a folder; name the file in it, such as "
              + file.resolve("connector-host.yaml"));
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException _) {
      throw StartupException.configuration(file + " is no UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      throw StartupException.configuration(
          file + " cannot be read (" + e.getClass().getSimpleName() + "); check its permissions");
    }
  }
}
