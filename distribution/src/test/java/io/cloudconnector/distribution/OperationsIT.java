package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does from the command line while the host serves. */
class OperationsIT extends MemberTest {
  private HostProcess command(String... words) {
    return command(distribution.launcher(), words);
  }

  private HostProcess command(Path launcher, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--config=" + config;
    return distribution.start(launcher, environment, all);
  }

  private static void assertDone(HostProcess command) {
    assertThat(command.status()).as(command.err() + command.out()).isZero();
    assertThat(command.err()).isEmpty();
  }

  private static void assertRefused(HostProcess command, int status, String... words) {
    assertThat(command.status()).as(command.err() + command.out()).isEqualTo(status);
    assertThat(command.err()).contains(words).doesNotContain("\tat ").hasLineCount(1);
    assertThat(command.out()).isEmpty();
  }

  @Test
  void deadLettersAndQuarantineAreDecidedByCommand() {
    String workout = bury();
    awaitOver(cloud.webhooks().send("an-event", "not json"));

    HostProcess list = command("dead-letters", "list");
    HostProcess json = command("quarantine", "list", "--json");
    assertDone(list);
    assertThat(list.out()).contains("RESOURCE TYPE", workout, "user-1");
    assertDone(json);
    JsonNode kept = JsonMapper.shared().readTree(json.out()).path("quarantine");
    assertThat(kept).hasSize(1);

    cloud.faults().clear();
    assertDone(command("dead-letters", "replay", "--all"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(operator.events("data.updated")).hasSize(1));
    String id = kept.get(0).path("id").asString();
    assertDone(command("quarantine", "discard", id, "--reason", "sent by a test"));
    assertThat(host.out()).contains("discarded by key-1 (sent by a test)");

    host.terminate();
    assertThat(host.status()).isZero();
    assertRefused(command("dead-letters", "list"), 1, "no host answers at http://127.0.0.1:");
  }

  @Test
  void backupThatCannotBeMadeLeavesNothing() throws IOException {
    // More than the disk takes, which is more than SQLite's library itself needs.
    for (int i = 0; i < 6; i++) {
      awaitOver(cloud.webhooks().send("event-" + i, "x".repeat(1_000_000)));
    }
    Path full = Files.writeString(folder.resolve("full.sh"), onAFullDisk());
    assertThat(full.toFile().setExecutable(true)).isTrue();
    String target = folder.resolve("copy.db").toString();

    assertRefused(command(full, "backup", target), 1, target, "could not be made", "disk is full");
    assertRefused(command("backup", config.toString()), 2, "exists already");
    assertRefused(command("backup", folder + "/no/copy.db"), 2, "there is no folder");
    config =
        configurationWith(
            "server.yaml",
            Map.of("url", "jdbc:postgresql://db.example.com/connector", "username", "ann"));
    HostProcess server = command("backup", target);
    assertThat(server.status()).isEqualTo(2);
    assertThat(server.err())
        .contains("pg_dump --format=custom --file='" + target + "' --username=ann")
        .contains("--dbname='postgresql://db.example.com/connector'");
    assertThat(folder.resolve("copy.db")).doesNotExist();
    assertThat(folder.resolve("copy.db.part")).doesNotExist();
    assertThat(operator.seesReadyHost()).isTrue();
  }

  /** Files may grow to two megabytes. */
  private String onAFullDisk() {
    return "#!/bin/sh\nulimit -f 4096\nexec '" + distribution.launcher() + "' \"$@\"\n";
  }
}
