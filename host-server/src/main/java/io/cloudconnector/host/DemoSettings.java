package io.cloudconnector.host;

import io.cloudconnector.host.cli.Console;
import io.cloudconnector.host.config.SettingsLoader;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.vault.EncryptionKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the demo serves with: keys and a port of its own.
 *
 * @param apiKey shown to whoever looks at the demo
 */
record DemoSettings(int port, String apiKey) {
  private static final String ADDRESS = "127.0.0.1";

  /** On a free port unless one is wanted. */
  static DemoSettings on(OptionalInt wanted) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    int port = wanted.orElse(0) == 0 ? freePort() : wanted.getAsInt();
    return new DemoSettings(port, "demo-" + HexFormat.of().formatHex(random));
  }

  /** The public address is part of the settings, so the port must be known before the start. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(ADDRESS))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartupException("there is no free port on " + ADDRESS, e);
    }
  }

  URI url() {
    return URI.create("http://" + ADDRESS + ":" + port);
  }

  /**
   * Checks them as a file of an operator would be.
   *
   * @param folder where relative paths begin, so that the database is in there
   */
  Configured configured(DemoClouds clouds, Console console, Path folder) {
    String yaml = yaml(clouds.connectorSettings(), console.home().resolve("plugins"));
    return Configured.load(
        (descriptors, keyFault) ->
            SettingsLoader.parse(yaml, Map.of(), folder, descriptors, keyFault));
  }

  /** JSON is YAML. */
  private String yaml(Map<String, Object> connectors, Path plugins) {
    Map<String, Object> settings =
        Map.of(
            "server",
            Map.of("host", ADDRESS, "port", port, "publicUrl", url().toString()),
            "plugins",
            Map.of("directory", plugins.toString()),
            "security",
            Map.of(
                "apiKeys",
                List.of(apiKey),
                "encryptionKeys",
                List.of(EncryptionKey.generate().text())),
            "connectors",
            connectors);
    // A folder may be named ${so}, which the configuration would take for a variable.
    return JsonMapper.shared().writeValueAsString(settings).replace("${", "$${");
  }

  @Override
  public String toString() {
    return "DemoSettings[" + url() + "]";
  }
}
