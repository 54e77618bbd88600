package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLogTest extends StoreTest {
  private EventLog log;

  @BeforeEach
  void make() {
    log = new EventLog(database);
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(log.last()).isZero();
    assertThat(log.read(0, 10, Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void handsBackWhatWasAppendedInOrder() {
    NewEvent full = event("e1", NOW);
    NewEvent bare =
        new NewEvent(
            "e2",
            "connection.linked",
            ACME,
            "ann",
            "acme/ann",
            null,
            null,
            null,
            null,
            NOW,
            null,
            null);
    long first = append(full);
    long second = append(bare);
    assertThat(log.read(0, 10, Integer.MAX_VALUE))
        .containsExactly(new LoggedEvent(first, full), new LoggedEvent(second, bare));
    assertThat(log.read(first, 10, Integer.MAX_VALUE))
        .extracting(LoggedEvent::seq)
        .containsExactly(second);
    assertThat(log.read(0, 1, Integer.MAX_VALUE))
        .extracting(LoggedEvent::seq)
        .containsExactly(first);
    assertThat(log.last()).isEqualTo(second);
  }

  @Test
  void appendsTheSameIdOnce() {
    long first = append(event("e1", NOW));
    assertThat(append(event("e1", NOW))).isEqualTo(first);
    assertThat(log.read(0, 10, Integer.MAX_VALUE)).hasSize(1);
  }

  @Test
  void tellsWhoseTheEventsAre() {
    long first = append(event("e1", NOW));
    long second = append(event("e2", NOW));
    EventKey one = new EventKey(first, ACME, "ann");
    EventKey two = new EventKey(second, ACME, "ann");
    assertThat(log.keys(0, 10)).containsExactly(one, two);
    assertThat(log.keys(first, 10)).containsExactly(two);
    assertThat(log.keys(List.of(second, 99L, first))).containsExactly(one, two);
    assertThat(log.find(second)).map(LoggedEvent::event).contains(event("e2", NOW));
    assertThat(log.find(99)).isEmpty();
    assertThat(log.writtenAfter(first)).contains(NOW);
    assertThat(log.writtenAfter(second)).isEmpty();
  }

  @Test
  void goesOnFromNumbersThatItHandedOut() {
    assertThat(log.goesOnFrom(0)).isTrue();
    assertThat(log.goesOnFrom(1)).isFalse();
    long first = append(event("e1", NOW));
    long ahead = append(event("e2", NOW));
    long last = append(event("e3", NOW));
    database.execute(tx -> tx.execute("DELETE FROM event_log WHERE seq = ?", ahead));
    assertThat(log.goesOnFrom(first)).isTrue();
    assertThat(log.goesOnFrom(last)).isTrue();
    assertThat(log.goesOnFrom(last + 1)).isFalse();
    assertThat(log.goesOnFrom(ahead)).as("another log's, lost since").isFalse();
  }

  @Test
  void skipsNothingForAReaderWhoFollowsManyWriters() throws Exception {
    int writers = 6;
    int each = 15;
    AtomicInteger names = new AtomicInteger();
    List<Long> seen = new ArrayList<>();
    List<Future<?>> work = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < writers; i++) {
        work.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < each; n++) {
                    appendAndDawdle("e" + names.incrementAndGet());
                  }
                }));
      }
      while (!work.stream().allMatch(Future::isDone)) {
        follow(seen);
      }
    }
    follow(seen);
    for (Future<?> one : work) {
      one.get();
    }
    assertThat(log.read(0, 1000, Integer.MAX_VALUE)).extracting(LoggedEvent::seq).isEqualTo(seen);
    assertThat(seen).hasSize(writers * each).isSorted();
  }

  /** Why appending takes a lock where several connections write: what a reader would miss. */
  @Test
  void numbersAreDrawnInAnotherOrderThanTheyAreCommitted() throws Exception {
    Assumptions.assumeTrue(kind == TestDatabase.POSTGRESQL);
    CountDownLatch drawn = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Long> seen = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> slow =
          threads.submit(
              () ->
                  database.execute(
                      tx -> {
                        appendWithoutLock(tx, "first");
                        drawn.countDown();
                        await(goOn);
                      }));
      await(drawn);
      database.execute(tx -> appendWithoutLock(tx, "second"));
      follow(seen);
      goOn.countDown();
      slow.get();
    }
    follow(seen);

    assertThat(seen).hasSize(1);
    assertThat(log.read(0, 1000, Integer.MAX_VALUE)).hasSize(2);
  }

  private static void appendWithoutLock(Handle tx, String id) {
    tx.execute(
        """
        INSERT INTO event_log (id, type, vendor, user_id, subject, written_at, attributes)
          VALUES (?, 'data.updated', 'acme', 'ann', 'run/1', 0, '{}')
        """,
        id);
  }

  private void follow(List<Long> seen) {
    long after = seen.isEmpty() ? 0 : seen.getLast();
    log.read(after, 1000, Integer.MAX_VALUE).forEach(event -> seen.add(event.seq()));
  }

  /** Commits some milliseconds after its number was drawn, so numbers and commits would cross. */
  private void appendAndDawdle(String id) {
    database.execute(
        tx -> {
          log.append(tx, event(id, NOW));
          dawdle(tx, ThreadLocalRandom.current().nextInt(8));
        });
  }

  private void dawdle(Handle tx, int millis) {
    if (kind == TestDatabase.POSTGRESQL) {
      tx.execute("SELECT pg_sleep(?)", millis / 1000.0);
    }
  }

  private long append(NewEvent event) {
    return database.write(tx -> log.append(tx, event));
  }

  private static NewEvent event(String id, Instant time) {
    return new NewEvent(
        id,
        "data.updated",
        ACME,
        "ann",
        "acme/ann/sleep/7",
        "sleep",
        "7",
        "trace",
        "live",
        time,
        "application/json",
        bytes("{\"n\":1.10}"));
  }
}
