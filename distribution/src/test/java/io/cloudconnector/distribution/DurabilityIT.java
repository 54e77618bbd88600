package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a kill cannot show, because the system keeps what a killed process wrote: an acknowledged
 * webhook was brought to the disk first.
 */
class DurabilityIT extends SystemTest {
  private static final int WEBHOOKS = 100;

  @TempDir Path data;

  private Scene scene(Map<String, Object> database) {
    return new Scene(distribution, folder, database, newEncryptionKey(), 5);
  }

  private static void tellOneAfterAnother(Scene scene) throws InterruptedException {
    WhoopPerson stranger = scene.cloud.person(scene.cloud.addPerson(3));
    String id = stranger.ids("sleep").getFirst();
    for (int i = 0; i < WEBHOOKS; i++) {
      String trace = UUID.randomUUID().toString();
      scene.post.untilTaken(WebhookPost.body(stranger.accountId(), "sleep.updated", id, trace));
    }
  }

  @Test
  void sqliteSyncsBeforeEachAnswer() throws Exception {
    String strace = program("/usr/bin/strace", "see syncs");
    Path calls = folder.resolve("calls");
    try (Scene scene = scene(Map.of("url", "jdbc:sqlite:data/connector.db"))) {
      scene.serve(
          strace,
          "-f",
          "-qq",
          "--seccomp-bpf",
          "-e",
          "trace=fsync,fdatasync,read,write,writev",
          "-o",
          calls.toString());

      tellOneAfterAnother(scene);

      assertThat(syncedBeforeTheAnswer(calls)).hasSize(WEBHOOKS).doesNotContain(false);
      assertThat(journalMode()).isEqualTo("wal");
    }
  }

  /**
   * Of each webhook whether a sync ended after the host read its request and before the host began
   * to write its 2xx. A call that another thread's call interrupts has a line for its beginning and
   * one for its end; only the latter tells what it came to.
   */
  private static List<Boolean> syncedBeforeTheAnswer(Path calls) throws IOException {
    List<Boolean> answers = new ArrayList<>();
    boolean asked = false;
    boolean synced = false;
    for (String call : Files.readAllLines(calls)) {
      if (call.contains("\"POST /webhooks/")) {
        asked = true;
        synced = false;
      } else if (call.contains("sync") && call.endsWith(" = 0")) {
        synced = true;
      } else if (asked && call.contains("write") && call.contains("\"HTTP/1.1 2")) {
        answers.add(synced);
        asked = false;
      }
    }
    return answers;
  }

  private String journalMode() throws SQLException {
    Path file = distribution.home().resolve("data/connector.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
      return mode.getString(1);
    }
  }

  @Test
  void postgresqlSyncsBeforeEachAnswerThoughItsOwnDefaultIsNotTo() throws Exception {
    try (PostgresqlServer server = new PostgresqlServer(data.resolve("cluster"));
        Scene scene = scene(server.newDatabase())) {
      assertThat(server.ask("SHOW synchronous_commit")).isEqualTo("off");
      assertThat(server.ask("SHOW fsync")).isEqualTo("on");
      scene.serve();
      long before = syncs(server);

      tellOneAfterAnother(scene);

      // Each process tells its share about once a second.
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(syncs(server) - before).isGreaterThanOrEqualTo(WEBHOOKS));
    }
  }

  private static long syncs(PostgresqlServer server) {
    return Long.parseLong(
        server.ask("SELECT COALESCE(SUM(fsyncs), 0) FROM pg_stat_io WHERE object = 'wal'"));
  }
}
