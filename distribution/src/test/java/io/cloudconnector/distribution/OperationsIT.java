package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an operator does from the command line while the host serves. */
class OperationsIT extends SystemTest {
  private static final String WHOOP = "/v1/connections/whoop/user-1";

  private final WhoopCloud cloud = new WhoopCloud();
  private Map<String, String> environment = Map.of();
  private Path config = Path.of("");
  private HostProcess host;
  private Operator operator;
  private WhoopPerson person;

  @BeforeEach
  void serveLinkedMember() throws IOException {
    URI url = URI.create("http://127.0.0.1:" + freePort());
    cloud.start();
    person = cloud.person(cloud.addPerson());
    cloud.webhooks().repeatAfter(List.of());
    cloud.sendWebhooksTo(url.resolve("/webhooks/whoop"));
    environment = newEnvironment();
    config = write("host.yaml", url, Map.of("url", "jdbc:sqlite:data/connector.db"));
    operator = new Operator(url, API_KEY);
    host = serve();
    assertThat(operator.link("whoop", "user-1").statusCode()).isEqualTo(200);
  }

  private Path write(String name, URI url, Map<String, Object> database) throws IOException {
    String configuration =
        configuration(
            url, Map.of("database", database, "connectors", Map.of("whoop", onlyWebhooks(cloud))));
    return Files.writeString(folder.resolve(name), configuration);
  }

  private HostProcess serve() {
    return serve(config, environment, operator);
  }

  @AfterEach
  void closeCloud() {
    operator.close();
    cloud.close();
  }

  private HostProcess command(String... words) {
    return command(distribution.launcher(), words);
  }

  private HostProcess command(Path launcher, String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 1);
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

  private void settle(List<Delivery> deliveries) {
    await().atMost(PATIENCE).until(() -> deliveries.stream().allMatch(Delivery::isOver));
  }

  private String bury() {
    cloud.faults().on("/developer/v2").always(Fault.status(400));
    String id = person.newWorkout().id();
    await().atMost(PATIENCE).until(() -> !deadLetters().isEmpty());
    return id;
  }

  private JsonNode deadLetters() {
    return JsonMapper.shared()
        .readTree(operator.get("/v1/dead-letters").body())
        .path("deadLetters");
  }

  @Test
  void deadLettersAndQuarantineAreDecidedByCommand() {
    String workout = bury();
    settle(cloud.webhooks().send("an-event", "not json"));

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
  void hostLivesOnFromABackupOfABusyOne() throws IOException {
    bury();
    cloud.faults().clear();
    String before = person.newWorkout().id();
    await().atMost(PATIENCE).until(() -> operator.feed().contains(before));
    Path copy = folder.resolve("copy.db");

    HostProcess backup = command("backup", copy.toString());
    int told = 0;
    while (backup.isAlive() || told < 5) {
      settle(person.newWorkout().deliveries());
      told++;
    }
    assertDone(backup);
    assertThat(backup.out()).contains(copy.toString(), "is a whole copy");
    String later = person.newWorkout().id();
    await().atMost(PATIENCE).until(() -> operator.feed().contains(later));
    String ahead = operator.end();
    host.kill();
    restore(copy);
    host = serve();

    assertThat(operator.get("/v1/events?after=" + ahead).statusCode()).isEqualTo(410);
    assertThat(operator.connection("whoop", "user-1").path("status").asString())
        .isEqualTo("ACTIVE");
    assertThat(operator.feed()).contains(before);
    assertThat(deadLetters()).hasSize(1);
    String after = person.newWorkout().id();
    await().atMost(PATIENCE).until(() -> operator.feed().contains(after));
    assertThat(operator.get(WHOOP).statusCode()).isEqualTo(200);
  }

  private void restore(Path copy) throws IOException {
    Path data = distribution.home().resolve("data");
    for (String old : List.of("connector.db", "connector.db-wal", "connector.db-shm")) {
      Files.deleteIfExists(data.resolve(old));
    }
    Files.move(copy, data.resolve("connector.db"));
  }

  @Test
  void backupThatCannotBeMadeLeavesNothing() throws IOException {
    // More than the disk takes, which is more than SQLite's library itself needs.
    for (int i = 0; i < 6; i++) {
      settle(cloud.webhooks().send("event-" + i, "x".repeat(1_000_000)));
    }
    Path full = Files.writeString(folder.resolve("full.sh"), onAFullDisk());
    assertThat(full.toFile().setExecutable(true)).isTrue();
    String target = folder.resolve("copy.db").toString();

    assertRefused(command(full, "backup", target), 1, target, "could not be made", "disk is full");
    assertRefused(command("backup", config.toString()), 2, "exists already");
    assertRefused(command("backup", folder + "/no/copy.db"), 2, "there is no folder");
    config =
        write(
            "server.yaml",
            URI.create("http://127.0.0.1:1"),
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
