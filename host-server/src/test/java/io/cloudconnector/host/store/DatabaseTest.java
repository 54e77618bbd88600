package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DatabaseTest extends StoreTest {
  private static final String SECRET = "s3cret-value";

  @Test
  void undoesWhatWasWrittenWhenTheWorkThrows() {
    assertThatThrownBy(
            () ->
                database.execute(
                    tx -> {
                      insertState(tx, "a");
                      throw new IllegalArgumentException("the work's own");
                    }))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("the work's own");
    assertThat(count()).isZero();
  }

  @Test
  void keepsWhatWasWrittenOnceTheWorkReturned() {
    database.execute(tx -> insertState(tx, "a"));
    assertThat(count()).isOne();
  }

  @Test
  void showsReadersOnlyWhatIsCommitted() throws Exception {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      database.execute(
          tx -> {
            insertState(tx, "a");
            assertThat(result(other.submit(this::count))).isZero();
          });
    }
    assertThat(count()).isOne();
  }

  @Test
  void letsManyWritersThroughInTurn() throws Exception {
    List<Future<?>> writes = new ArrayList<>();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        String name = "n" + i;
        writes.add(writers.submit(() -> database.execute(tx -> insertState(tx, name))));
      }
    }
    for (Future<?> write : writes) {
      write.get();
    }
    assertThat(count()).isEqualTo(100);
  }

  @Test
  void tellsARefusalWithoutTheValuesThatWereBound() {
    database.execute(tx -> insertState(tx, SECRET));
    assertThatThrownBy(() -> database.execute(tx -> insertState(tx, SECRET)))
        .isExactlyInstanceOf(DatabaseException.class)
        .satisfies(
            failure -> {
              for (Throwable each = failure; each != null; each = each.getCause()) {
                assertThat(each.toString()).doesNotContain(SECRET);
              }
            });
  }

  @Test
  void tellsAFaultyStatementFromAnUnavailableDatabase() {
    assertThatThrownBy(() -> database.execute(tx -> tx.execute("SELECT nothing FROM nowhere")))
        .isExactlyInstanceOf(DatabaseException.class);
  }

  @Test
  void isUnavailableOnceClosed() {
    database.close();
    assertThatThrownBy(this::count).isInstanceOf(DatabaseUnavailableException.class);
  }

  @Test
  void keepsSealedBytesOutOfEveryText() {
    assertThat(bytes(SECRET)).hasToString("12 bytes").isEqualTo(bytes(SECRET));
  }

  private void insertState(org.jdbi.v3.core.Handle tx, String name) {
    tx.execute(
        "INSERT INTO connector_state (vendor, name, sealed, updated_at) VALUES (?, ?, ?, 0)",
        ACME.name(),
        name,
        new byte[] {1});
  }

  private long count() {
    return database.read(
        handle ->
            handle.createQuery("SELECT COUNT(*) FROM connector_state").mapTo(Long.class).one());
  }

  private static long result(Future<Long> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
