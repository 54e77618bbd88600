package io.cloudconnector.host.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class EventFeedTest {
  private final Database database;
  private final EventFeed feed;

  EventFeedTest(TestDatabase engine, @TempDir Path folder) {
    database = engine.open(folder);
    feed = new EventFeed(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void append(String id) {
    NewEvent event =
        new NewEvent(
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
    database.execute(tx -> new EventLog(database).append(tx, event));
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
    CompletableFuture<FeedPage> waiting =
        CompletableFuture.supplyAsync(
            () -> feed.page(Cursor.START, 10, Duration.ofSeconds(30)),
            task -> Thread.ofVirtual().start(task));
    append("a");
    assertThat(waiting.get(20, TimeUnit.SECONDS).events()).hasSize(1);
  }

  @Test
  void tellsAReaderWhoseCursorBelongsToAnotherLog() {
    append("a");
    assertThatThrownBy(() -> feed.page(new Cursor(99), 10, Duration.ofSeconds(5)))
        .isInstanceOf(CursorExpiredException.class);
  }

  @Test
  void readsOnlyCursorsOfItsOwnForm() {
    assertThat(Cursor.parse(new Cursor(7).text())).contains(new Cursor(7));
    assertThat(Cursor.parse("7")).isEmpty();
    assertThat(Cursor.parse("c-7")).isEmpty();
    assertThat(Cursor.parse("c99999999999999999999")).isEmpty();
  }
}
