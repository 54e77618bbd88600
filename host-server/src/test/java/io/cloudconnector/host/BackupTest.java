package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.store.SqliteBackup;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.simulator.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A copy of the database that is taken from a busy host, and a host that lives on from it. */
final class BackupTest {
  @TempDir Path folder;
  private RunningHost host;
  private Path database;
  private Path copy;

  @BeforeEach
  void start() {
    host = new RunningHost(TestDatabase.SQLITE, folder);
    database = Path.of(host.databaseUrl.substring("jdbc:sqlite:".length()));
    copy = folder.resolve("copy.db");
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @Test
  void whatIsInTheWayIsToldAndLeftAsItIs() throws IOException {
    Files.writeString(copy, "a letter");
    assertRefused(copy, 2, "exists already");
    assertThat(copy).hasContent("a letter");
    assertRefused(folder.resolve("nowhere/copy.db"), 2, "there is no folder");
    Files.writeString(folder.resolve("other.db.part"), "another's");
    assertRefused(folder.resolve("other.db"), 1, "another backup is writing it");
    assertThat(folder.resolve("other.db.part")).hasContent("another's");
    assertThatThrownBy(() -> SqliteBackup.write(folder.resolve("none.db"), folder.resolve("x")))
        .hasMessageContaining("there is no database");
    assertThat(folder.resolve("none.db")).doesNotExist();
  }

  @Test
  void aCopyOfADamagedDatabaseIsNotKept() throws IOException {
    Path damaged = folder.resolve("damaged.db");
    SqliteBackup.write(database, damaged);
    byte[] content = Files.readAllBytes(damaged);
    java.util.Arrays.fill(content, 4096, content.length, (byte) 0x5a);
    Files.write(damaged, content);

    assertThatThrownBy(() -> SqliteBackup.write(damaged, copy))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("could not be made")
        .hasMessageNotContaining("\n");
    assertThat(copy).doesNotExist();
    assertThat(folder.resolve("copy.db.part")).doesNotExist();
  }

  private void assertRefused(Path target, int status, String words) {
    assertThatThrownBy(() -> SqliteBackup.write(database, target))
        .isInstanceOfSatisfying(
            StartupException.class, e -> assertThat(e.exitStatus()).isEqualTo(status))
        .hasMessageContaining(words)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aHostLivesOnFromACopyThatWasTakenWhileNoticesArrived() throws Exception {
    String account = host.link("anna");
    deadLetter(account);
    int told = backUpAmongNotices(account);
    List<JsonNode> before = awaitDelivered(told);
    String ahead = cursor();

    host.restart("", this::restore);

    Api api = host.api();
    assertThat(api.get("/v1/events?after=" + ahead).problem()).isEqualTo("cursor-expired");
    assertThat(api.get(Api.connection("anna")).json().get("status").asString()).isEqualTo("ACTIVE");
    assertThat(api.deadLetters()).hasSize(1);
    List<JsonNode> after = awaitQuiet(api);
    assertThat(after).isNotEmpty().hasSizeLessThan(before.size());
    assertThat(ids(before)).as("the same events once more").containsAll(ids(after));
    host.acme.put(account, "run/new", "{}");
    host.acme.deliver(AcmeCloud.noticeText(account, "run.updated", "new", "t-new"));
    api.awaitEvents("data.updated", after.size() + 1);
    assertThat(api.get("/v1/events?after=" + ahead).problem())
        .as("however far the log has come meanwhile")
        .isEqualTo("cursor-expired");
  }

  private static List<String> ids(List<JsonNode> events) {
    return events.stream().map(event -> event.get("id").asString()).toList();
  }

  private void deadLetter(String account) throws InterruptedException {
    host.acme.faults().on("/v1/run/bad").always(Fault.status(400));
    host.acme.deliver(AcmeCloud.noticeText(account, "run.updated", "bad", "t-bad"));
    Awaitility.await().until(() -> host.api().deadLetters().size() == 1);
  }

  /** Returns how many notices were accepted, before, during and after the backup. */
  private int backUpAmongNotices(String account) throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicInteger told = new AtomicInteger();
    Thread vendor = Thread.ofVirtual().start(() -> tellUntil(account, enough, told));
    Awaitility.await().until(() -> host.api().events("data.updated").size() > 5);
    SqliteBackup.write(database, copy);
    int then = told.get();
    Awaitility.await().until(() -> told.get() > then + 20);
    enough.set(true);
    vendor.join();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("copy.db.part")).doesNotExist();
    return told.get();
  }

  private void tellUntil(String account, AtomicBoolean enough, AtomicInteger told) {
    while (!enough.get()) {
      String run = Integer.toString(told.get());
      host.acme.put(account, "run/" + run, "{\"run\":" + run + "}");
      try {
        String notice = AcmeCloud.noticeText(account, "run.updated", run, "t-" + run);
        assertThat(host.acme.deliver(notice)).isEqualTo(200);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      told.incrementAndGet();
    }
  }

  private List<JsonNode> awaitDelivered(int told) {
    return host.api().awaitEvents("data.updated", told);
  }

  /** What waited in the copy is worked off once more. */
  private static List<JsonNode> awaitQuiet(Api api) {
    Awaitility.await()
        .until(
            () ->
                api.withoutKey()
                    .get("/metrics")
                    .text()
                    .lines()
                    .anyMatch(line -> line.equals("connector_inbox_waiting 0.0")));
    return api.events("data.updated");
  }

  private String cursor() {
    return host.api().get("/v1/events?limit=1000").json().get("next").asString();
  }

  private void restore() {
    try {
      for (String suffix : List.of("-wal", "-shm")) {
        Files.deleteIfExists(Path.of(database + suffix));
      }
      Files.move(copy, database, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
