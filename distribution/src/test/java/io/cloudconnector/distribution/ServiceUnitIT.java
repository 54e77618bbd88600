package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceUnitIT extends SystemTest {
  /** Tenths of systemd's own scale, on which a service without any protection has 96. */
  private static final String CLOSED = "--threshold=20";

  @Test
  void systemdUnderstandsTheServiceUnitAndFindsItClosed() throws IOException {
    String analyze = program("/usr/bin/systemd-analyze", "judge the service unit");
    String text = Files.readString(distribution.home().resolve("systemd/connector-host.service"));
    String elsewhere = text.replace("/opt/connector-host/bin/connector-host", "/bin/true");
    assertThat(elsewhere).isNotEqualTo(text);
    Path unit = Files.writeString(folder.resolve("connector-host.service"), elsewhere);

    assertGood(analyze, "verify", "--man=no", "--recursive-errors=no", unit.toString());
    assertGood(analyze, "security", "--offline=true", CLOSED, unit.toString());
  }

  private void assertGood(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    HostProcess judged = HostProcess.start(all, Map.of(), folder, command[1]);
    assertThat(judged.status()).as(judged.out() + judged.err()).isZero();
    assertThat(judged.err()).isEmpty();
  }
}
