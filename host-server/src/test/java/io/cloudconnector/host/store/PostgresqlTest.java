package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresqlTest {
  private static final Pattern GAP = Pattern.compile("psql connector2 -c \"([^\"]*)\"");
  private static final String NUMBERED =
      "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()";

  @TempDir Path folder;

  @Test
  void saysWhereItCouldNotConnectButNotThePassword() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:" + closed + "/connector";
    assertThatThrownBy(() -> Database.open(url + "?password=hush", "me", "hush", folder))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageStartingWith("cannot open the database " + url)
        .hasMessageContaining("database.url, username and password")
        .hasMessageNotContaining("hush")
        .hasMessageNotContaining("\n");
  }

  @Test
  void saysThatTheDatabaseDoesNotExist() {
    String url = TestDatabase.POSTGRESQL.newUrl(folder).replaceFirst("/[a-z0-9]+[?]", "/missing?");
    assertThatThrownBy(() -> Database.open(url, null, null, folder))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageContaining("database \"missing\" does not exist");
  }

  /** What a reader of the log or of the audit has seen must not come again as something else. */
  @Test
  void numbersGoOnBeyondAGapAfterTheRestoreThatThePageDescribes() throws IOException {
    Matcher shown = GAP.matcher(Files.readString(Path.of("../docs/operations.md")));
    assertThat(shown.find()).isTrue();
    String url = TestDatabase.POSTGRESQL.newUrl(folder);
    try (Database database = Database.open(url, null, null, folder)) {
      List<String> numbered =
          database.read(handle -> handle.createQuery(NUMBERED).mapTo(String.class).list());
      database.execute(tx -> tx.execute(shown.group(1)));

      assertThat(numbered).contains("event_log_seq_seq", "audit_id_seq");
      for (String sequence : numbered) {
        Long next =
            database.write(
                tx -> tx.createQuery("SELECT nextval('" + sequence + "')").mapTo(Long.class).one());
        assertThat(next).as(sequence).isGreaterThan(1_000_000_000);
      }
    }
  }

  @Test
  void refusesAUrlThatItCannotReadWithoutRepeatingAPassword() {
    assertThatThrownBy(
            () -> Database.open("jdbc:postgresql://me:hush@host:port/db", null, null, folder))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageContaining("write jdbc:postgresql://HOST:PORT/DATABASE")
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @Test
  void bringsEveryCommitToTheDiskWhateverTheServersDefault() {
    String url = TestDatabase.POSTGRESQL.newUrl(folder);
    try (Database database = Database.open(url, null, null, folder)) {
      database.execute(tx -> tx.execute("ALTER ROLE postgres SET synchronous_commit = off"));
      try (Database careless = Database.open(url, null, null, folder)) {
        String setting = careless.read(handle -> setting(handle, "synchronous_commit"));
        assertThat(setting).isEqualTo("on");
      } finally {
        database.execute(tx -> tx.execute("ALTER ROLE postgres RESET synchronous_commit"));
      }
    }
  }

  @Test
  void tellsNewEventsFromRepeatsWhateverTheUrlSaysAboutBatches() {
    String url = TestDatabase.POSTGRESQL.newUrl(folder) + "&reWriteBatchedInserts=true";
    try (Database database = Database.open(url, null, null, folder)) {
      TestInbox inbox = new TestInbox(database);
      List<InboxEntry> entries =
          List.of(
              TestEntry.keyed(TestEntry.mapped("ann", "7"), "a"),
              TestEntry.keyed(TestEntry.mapped("ann", "8"), "b"),
              TestEntry.keyed(TestEntry.mapped("ann", "9"), "c"));
      assertThat(inbox.accept(entries)).isEqualTo(3);
      assertThat(inbox.accept(entries)).isZero();
    }
  }

  @Test
  void doesAgainWhatTheServerUndidToEndADeadlock() {
    try (Database database = TestDatabase.POSTGRESQL.open(folder)) {
      AtomicInteger times = new AtomicInteger();
      GroupedWork<String, Integer> work =
          new GroupedWork<>(
              GroupedWork.Rank.SETTLE,
              "deadlocked at first",
              (tx, items) -> {
                if (times.incrementAndGet() == 1) {
                  tx.execute("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$");
                }
                return List.of(times.get());
              });
      assertThat(database.together(work, "item", Duration.ofSeconds(30))).isEqualTo(2);
      assertThat(times).hasValue(2);
    }
  }

  @Test
  void isUnavailableWhenTheServerEndsTheConnectionAndRecovers() {
    try (Database database = TestDatabase.POSTGRESQL.open(folder)) {
      assertThatThrownBy(
              () ->
                  database.execute(
                      tx -> {
                        long pid = backend(tx);
                        database.read(
                            handle -> handle.execute("SELECT pg_terminate_backend(?)", (int) pid));
                        tx.execute("DELETE FROM dedupe");
                      }))
          .isInstanceOf(DatabaseUnavailableException.class);
      database.execute(tx -> tx.execute("DELETE FROM dedupe"));
    }
  }

  private static long backend(Handle handle) {
    return handle.createQuery("SELECT pg_backend_pid()").mapTo(Long.class).one();
  }

  private static String setting(Handle handle, String name) {
    return handle.createQuery("SHOW " + name).mapTo(String.class).one();
  }
}
