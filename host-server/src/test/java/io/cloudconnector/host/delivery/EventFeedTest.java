package io.cloudconnector.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.EventPurge;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnEachDatabase
class EventFeedTest {
  private final Path folder;
  private final String url;
  private final Database database;
  private final EventFeed feed;

  EventFeedTest(TestDatabase engine, @TempDir Path folder) {
    this.folder = folder;
    url = engine.newUrl(folder);
    database = Database.open(url, null, null, folder);
    feed = new EventFeed(database);
  }

  @AfterEach
  void close() {
    feed.close();
    database.close();
  }

  private void append(String id) {
    database.execute(tx -> new EventLog(database).append(tx, event(id)));
  }

  private static NewEvent event(String id) {
    return new NewEvent(
        id,
        "connection.removed",
        new VendorType("acme"),
        "ann",
        "ann",
        null,
        null,
        null,
        null,
        Instant.EPOCH,
        null,
        null);
  }

  @Test
  void givesTheSameCursorBackWhenThereIsNothing() {
    FeedPage page = feed.page(Cursor.START, 10, Duration.ZERO);
    assertThat(page.events()).isEmpty();
    assertThat(page.next()).isEqualTo(Cursor.START);
  }

  @Test
  void goesOnWhereAPageEnded() {
    append("a");
    append("b");
    append("c");
    FeedPage first = feed.page(Cursor.START, 2, Duration.ZERO);
    FeedPage second = feed.page(first.next(), 2, Duration.ZERO);
    assertThat(first.events()).extracting(e -> e.event().id()).containsExactly("a", "b");
    assertThat(second.events()).extracting(e -> e.event().id()).containsExactly("c");
  }

  @Test
  void wakesAWaitingReaderWithTheFirstEvent() throws Exception {
    // It would find the event by a look only after an hour.
    try (EventFeed unseeing = new EventFeed(database, Duration.ofHours(1))) {
      CompletableFuture<FeedPage> page = new CompletableFuture<>();
      Thread reader =
          Thread.ofVirtual()
              .start(() -> page.complete(unseeing.page(Cursor.START, 10, Duration.ofMinutes(30))));
      Awaitility.await().until(() -> reader.getState() == Thread.State.TIMED_WAITING);
      append("a");
      assertThat(page.get(20, TimeUnit.SECONDS).events()).hasSize(1);
    }
  }

  @Test
  void tellsAReaderWhoseCursorBelongsToAnotherLog() {
    append("a");
    assertThatThrownBy(() -> feed.page(new Cursor(99), 10, Duration.ofSeconds(5)))
        .isInstanceOf(CursorExpiredException.class);
  }

  @Test
  void aThousandIdleReadersLookOnceASecondBetweenThem() {
    List<Thread> readers = new ArrayList<>();
    long before = database.reads();
    for (int i = 0; i < 1_000; i++) {
      readers.add(
          Thread.ofVirtual().start(() -> feed.page(Cursor.START, 10, Duration.ofSeconds(60))));
    }
    Awaitility.await().until(() -> database.reads() - before >= 2_000);
    long idle = database.reads();
    long since = System.nanoTime();

    Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true);

    double seconds = (System.nanoTime() - since) / 1e9;
    assertThat((double) (database.reads() - idle)).isBetween(1.0, seconds + 2);
    append("a");
    Awaitility.await().until(() -> readers.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void seesWithinMomentsWhatAnotherHostAppended() throws Exception {
    try (Database other = Database.open(url, null, null, folder)) {
      CompletableFuture<FeedPage> waiting =
          CompletableFuture.supplyAsync(
              () -> feed.page(Cursor.START, 10, Duration.ofSeconds(30)),
              task -> Thread.ofVirtual().start(task));
      other.execute(tx -> new EventLog(other).append(tx, event("a")));
      assertThat(waiting.get(20, TimeUnit.SECONDS).events()).hasSize(1);
    }
  }

  @Test
  void tellsAReaderWhoMissedWhatIsForgotten() {
    append("a");
    append("b");
    FeedPage all = feed.page(Cursor.OLDEST, 10, Duration.ZERO);
    new EventPurge(database)
        .step(
            new EventPurge.Rule(Instant.EPOCH.plusSeconds(1), Optional.empty(), Optional.empty()));

    assertThatThrownBy(() -> feed.page(Cursor.START, 10, Duration.ZERO))
        .isInstanceOf(CursorExpiredException.class);
    assertThat(feed.page(all.next(), 10, Duration.ZERO).events()).isEmpty();
    assertThat(feed.page(Cursor.OLDEST, 10, Duration.ZERO).next()).isEqualTo(all.next());
  }

  @Test
  void readsOnlyCursorsOfItsOwnForm() {
    assertThat(Cursor.parse(new Cursor(7).text())).contains(new Cursor(7));
    assertThat(Cursor.parse("7")).isEmpty();
    assertThat(Cursor.parse("c-7")).isEmpty();
    assertThat(Cursor.parse("c99999999999999999999")).isEmpty();
  }
}
