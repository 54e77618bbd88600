package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CachedStatementsTest {
  private static final String KEYS = "SELECT dedupe_key FROM dedupe WHERE seen_at >= ? ORDER BY 1";
  private static final Object[] FROM_0 = {0L};
  private static final String INSERT = "INSERT INTO dedupe VALUES ('acme', ?, ?)";

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Database.open("jdbc:sqlite:host.db", null, null, folder);
    add("one", 1);
    add("two", 2);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(String key, long seenAt) {
    database.execute(tx -> tx.execute(INSERT, key, seenAt));
  }

  private static List<String> keys(Handle handle, long from) {
    return DirectSql.query(handle, KEYS, new Object[] {from}, row -> row.getString(1));
  }

  @Test
  void aStatementUsedAgainSeesItsNewValuesAndTheNewRows() {
    assertThat(database.<List<String>>read(handle -> keys(handle, 2))).containsExactly("two");
    add("three", 3);
    assertThat(database.<List<String>>read(handle -> keys(handle, 0)))
        .containsExactly("one", "three", "two");
  }

  @Test
  void oneTextReadTwiceAtOnceIsTwoStatements() {
    List<String> pairs =
        database.read(
            handle ->
                DirectSql.query(
                    handle, KEYS, FROM_0, row -> row.getString(1) + " " + keys(handle, 2)));
    assertThat(pairs).containsExactly("one [two]", "two [two]");
  }

  @Test
  void aStatementThatFailedWorksTheNextTime() {
    assertThatThrownBy(() -> add("one", 9)).isInstanceOf(DatabaseException.class);
    add("four", 4);
    assertThat(database.<List<String>>read(handle -> keys(handle, 4))).containsExactly("four");
  }

  @Test
  void aReadThatBrokeOffHoldsNoOldStateInView() throws SQLException {
    assertThatThrownBy(
            () -> database.read(handle -> DirectSql.query(handle, KEYS, FROM_0, _ -> brokenOff())))
        .hasMessage("broken off");
    assertThatThrownBy(
            () ->
                database.read(handle -> handle.select(KEYS, 0L).map((_, _) -> brokenOff()).list()))
        .hasMessage("broken off");
    assertThat(
            database.<String>read(
                handle -> handle.select(KEYS, 0L).mapTo(String.class).iterator().next()))
        .isEqualTo("one");
    add("five", 5);
    for (int i = 0; i < 8; i++) {
      assertThat(database.<List<String>>read(handle -> keys(handle, 5))).containsExactly("five");
    }
    assertThat(checkpointIsBusy()).isFalse();
  }

  private static String brokenOff() {
    throw new IllegalStateException("broken off");
  }

  /** Whether somebody still reads an older state, which the log then must keep. */
  private boolean checkpointIsBusy() throws SQLException {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("host.db"));
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      row.next();
      return row.getInt(1) != 0;
    }
  }

  @Test
  void manyTextsAreNotAllKept() {
    for (int i = 0; i < 1_000; i++) {
      int wanted = i;
      assertThat(
              database.<Integer>read(
                  handle -> handle.createQuery("SELECT " + wanted).mapTo(Integer.class).one()))
          .isEqualTo(wanted);
    }
    assertThat(database.<List<String>>read(handle -> keys(handle, 2))).containsExactly("two");
  }
}
