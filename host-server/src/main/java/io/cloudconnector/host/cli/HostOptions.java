package io.cloudconnector.host.cli;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.config.ApiKey;
import io.cloudconnector.host.config.Settings;
import io.cloudconnector.host.config.SettingsLoader;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.observe.LogOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which running host a command talks to, and with which key. */
final class HostOptions {
  static final String KEY = "CONNECTOR_API_KEY";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The running host; that of the configuration by default.")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description =
          "Its API key; by default that of the environment's "
              + KEY
              + ", or the first of the configuration that is not readOnly.")
  private Optional<String> apiKey = Optional.empty();

  @Mixin private final ConfigOption config = new ConfigOption();

  /**
   * Connects to nothing yet.
   *
   * @throws StartupException when it cannot be told which host or key is meant
   */
  HostClient client(Console console) {
    console.logging().accept(LogOutput.ofCommand(console.environment()));
    Optional<String> key =
        apiKey
            .or(() -> Optional.ofNullable(console.environment().get(KEY)))
            .filter(text -> !text.isBlank());
    if (url.isPresent() && key.isPresent()) {
      return new HostClient(HostAddress.of(url.get()), key.get());
    }
    Settings settings = settings(console);
    String apiKey = key.orElseGet(() -> firstKey(settings.security().apiKeys()));
    return url.map(HostAddress::of)
        .map(address -> new HostClient(address, apiKey))
        .orElseGet(() -> HostClient.of(settings.server(), apiKey));
  }

  /** Without the plugins: what they say about vendors' settings does not matter here. */
  private Settings settings(Console console) {
    return SettingsLoader.load(
            config.fileOf(console),
            console.environment(),
            console.home(),
            plugins -> Map.<VendorType, Descriptor>of())
        .settings();
  }

  private static String firstKey(List<ApiKey> keys) {
    return keys.stream()
        .filter(key -> !key.readOnly())
        .findFirst()
        .map(key -> key.key().reveal())
        .orElseThrow(
            () ->
                StartupException.configuration(
                    "every key of security.apiKeys is readOnly; name one with --api-key or "
                        + KEY));
  }
}
