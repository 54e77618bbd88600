package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is switched off in the configuration that is shipped can be switched on as it says. */
class ShippedConfigurationIT extends SystemTest {
  private static final Pattern SWITCHED_OFF =
      Pattern.compile("^( *)#( *(?:[a-z][A-Za-z]*:|- ).*)$");

  /** One wants a file that is not there, the others another database. */
  private static final List<String> LEFT_OFF = List.of("#tls:", "#username:", "#password:");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "CONNECTOR_PUBLIC_URL", "https://connect.example.com",
          "CONNECTOR_API_KEY", API_KEY,
          "WHOOP_CLIENT_ID", "an-id",
          "WHOOP_CLIENT_SECRET", "a-secret-of-whoop",
          "OURA_CLIENT_ID", "an-id",
          "OURA_CLIENT_SECRET", "a-secret-of-oura",
          "CONNECTOR_DELIVERY_SECRET", "whsec_" + "c2VjcmV0".repeat(5));

  @Test
  void takingTheHashAwayIsEnough() throws IOException {
    List<String> shipped =
        Files.readAllLines(distribution.home().resolve("conf/connector-host.yaml"));
    List<String> switchedOn = shipped.stream().map(ShippedConfigurationIT::switchedOn).toList();
    assertThat(switchedOn).contains("connectors:", "    clientId: \"${WHOOP_CLIENT_ID}\"");
    Path config = Files.write(folder.resolve("all.yaml"), switchedOn);
    Map<String, String> environment = new HashMap<>(ENVIRONMENT);
    environment.put("CONNECTOR_ENCRYPTION_KEY", newEncryptionKey());

    HostProcess list =
        distribution.start(environment, "plugins", "list", "--config", config.toString());

    assertThat(list.status()).as(list.err()).isZero();
    assertThat(list.out()).contains("whoop", "oura");
  }

  private static String switchedOn(String line) {
    return LEFT_OFF.stream().anyMatch(line::contains)
        ? line
        : SWITCHED_OFF.matcher(line).replaceFirst("$1$2");
  }
}
