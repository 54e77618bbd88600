package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteTest {
  @TempDir Path folder;

  @Test
  void refusesAFolderThatCannotBeCreated() throws IOException {
    Files.writeString(folder.resolve("taken"), "a file, not a folder");
    assertThatThrownBy(() -> open("taken/data.db"))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageStartingWith("the folder " + folder.resolve("taken"))
        .hasMessageContaining("create it, or name another file in database.url");
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    Files.writeString(folder.resolve("letter.db"), "Dear database, …");
    assertThatThrownBy(() -> open("letter.db"))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessage(
            "the database %s is not a SQLite database; restore a backup, or name another file"
                .formatted(folder.resolve("letter.db")));
  }

  @Test
  void refusesAFolderInPlaceOfAFile() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    assertThatThrownBy(() -> open("data"))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageContaining("is a folder; name a file in database.url");
  }

  @Test
  void refusesADamagedFileInOneLine() throws IOException {
    open("data.db").close();
    byte[] content = Files.readAllBytes(folder.resolve("data.db"));
    Arrays.fill(content, 100, content.length, (byte) 0x5a);
    Files.write(folder.resolve("data.db"), content);
    assertThatThrownBy(() -> open("data.db"))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageStartingWith("cannot open the database " + folder.resolve("data.db"))
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":memory:", "file:data.db", "data.db?synchronous=OFF"})
  void refusesWhatIsNoPlainFile(String file) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageStartingWith("database.url ")
        .hasMessageContaining("write one such as jdbc:sqlite:data/connector.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:mysql://host/db", "data.db", ""})
  void refusesAnUnknownKindOfDatabase(String url) {
    assertThatThrownBy(() -> Database.open(url, null, null, folder))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageContaining(
            "write jdbc:sqlite:data/connector.db or jdbc:postgresql://HOST:PORT/DATABASE");
  }

  @Test
  void createsTheFileUnderTheBaseFolder() {
    open("deep/down/data.db").close();
    assertThat(folder.resolve("deep/down/data.db")).isRegularFile();
  }

  @Test
  void bringsEveryCommitToTheDisk() {
    try (Database database = open("data.db")) {
      database.execute(
          tx -> {
            assertThat(pragma(tx, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(tx, "synchronous")).as("2 is FULL").isEqualTo("2");
            assertThat(pragma(tx, "foreign_keys")).isEqualTo("1");
          });
    }
  }

  @Test
  void hasReadersThatCannotWrite() {
    try (Database database = open("data.db")) {
      assertThatThrownBy(() -> database.read(handle -> handle.execute("DELETE FROM dedupe")))
          .isInstanceOf(DatabaseException.class);
    }
  }

  private static void fillUp(Database database) {
    database.execute(tx -> pragma(tx, "max_page_count = 1"));
    database.execute(
        tx -> tx.execute("INSERT INTO dedupe VALUES ('acme', ?, 1)", "k".repeat(100_000)));
  }

  /** It would take what the first has on its way for a dead one's. */
  @Test
  void aSecondHostOnOneFileIsRefusedUntilTheFirstHasEnded() throws Exception {
    try (AutoCloseable _ = Database.claim("jdbc:sqlite:data.db", folder)) {
      assertThatThrownBy(() -> Database.claim("jdbc:sqlite:data.db", folder))
          .isInstanceOf(DatabaseStartupException.class)
          .hasMessageContaining("in use by another host; stop that one first");
      Database.claim("jdbc:sqlite:other.db", folder).close();
    }
    Database.claim("jdbc:sqlite:data.db", folder).close();
  }

  @Test
  void aSecondHostIsRefusedByWhateverNameItCallsTheFile() throws Exception {
    Files.createSymbolicLink(folder.resolve("link.db"), folder.resolve("data.db"));
    try (AutoCloseable _ = Database.claim("jdbc:sqlite:link.db", folder)) {
      assertThatThrownBy(() -> Database.claim("jdbc:sqlite:data.db", folder))
          .hasMessageContaining("in use by another host");
      assertThatThrownBy(() -> Database.claim("jdbc:sqlite:link.db", folder))
          .hasMessageContaining("in use by another host");
    }
  }

  @Test
  void isUnavailableWhenTheDiskIsFull() {
    try (Database database = open("data.db")) {
      assertThatThrownBy(() -> fillUp(database))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("full");
    }
  }

  /** What changes nothing needs no disk. */
  @Test
  void aFullDiskIsToldUntilSomethingIsReallyWritten() {
    try (Database database = open("data.db")) {
      assertThat(database.isWritable()).isTrue();
      assertThatThrownBy(() -> fillUp(database)).isInstanceOf(DatabaseUnavailableException.class);

      database.execute(tx -> tx.execute("DELETE FROM dedupe WHERE seen_at < 0"));
      database.execute(tx -> tx.execute("ALTER TABLE dedupe RENAME TO away"));
      assertThat(database.isWritable()).isFalse();

      database.execute(tx -> tx.execute("ALTER TABLE away RENAME TO dedupe"));
      assertThat(database.isWritable()).isTrue();
    }
  }

  @Test
  void isUnavailableWhileAnotherProcessHoldsTheFile() throws SQLException {
    try (Database database = open("data.db");
        Connection intruder = DriverManager.getConnection("jdbc:sqlite:" + folder + "/data.db");
        Statement statement = intruder.createStatement()) {
      database.execute(tx -> pragma(tx, "busy_timeout = 20"));
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> database.execute(tx -> tx.execute("DELETE FROM dedupe")))
          .isInstanceOf(DatabaseUnavailableException.class);
      statement.execute("ROLLBACK");
      database.execute(tx -> tx.execute("DELETE FROM dedupe"));
    }
  }

  private Database open(String file) {
    return Database.open("jdbc:sqlite:" + file, null, null, folder);
  }

  private static String pragma(Handle handle, String name) {
    return handle.createQuery("PRAGMA " + name).mapTo(String.class).findOne().orElse("");
  }
}
