package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void refusesADatabaseFromANewerVersion(TestDatabase kind) throws SQLException {
    String url = kind.newUrl(folder);
    Database.migrate(url, null, null, folder);
    pretendVersion(url, 70);

    assertThatThrownBy(() -> Database.open(url, null, null, folder))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageContaining("is from a newer version (schema 70, this is ")
        .hasMessageContaining("); run the newer host or restore a backup")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void refusesADatabaseThatHoldsSomethingElse(TestDatabase kind) throws SQLException {
    String url = kind.newUrl(folder);
    execute(url, "CREATE TABLE customers (id INTEGER)");

    assertThatThrownBy(() -> Database.open(url, null, null, folder))
        .isInstanceOf(DatabaseStartupException.class)
        .hasMessageContaining("holds tables of something else")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void keepsWhatIsThereWhenOpenedAgain(TestDatabase kind) {
    String url = kind.newUrl(folder);
    try (Database first = Database.open(url, null, null, folder)) {
      first.execute(tx -> tx.execute("INSERT INTO dedupe VALUES ('acme', 'k', 1)"));
    }
    Database.migrate(url, null, null, folder);
    try (Database again = Database.open(url, null, null, folder)) {
      List<String> keys =
          again.read(
              handle ->
                  handle.createQuery("SELECT dedupe_key FROM dedupe").mapTo(String.class).list());
      assertThat(keys).containsExactly("k");
    }
  }

  private static void pretendVersion(String url, int version) throws SQLException {
    execute(
        url,
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
            checksum, installed_by, execution_time, success)
          SELECT installed_rank + 1, '%d', 'future', type, 'V%d__future.sql', checksum,
              installed_by, execution_time, success
            FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1
        """
            .formatted(version, version));
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
