package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.EventPurge.Rule;
import io.cloudconnector.host.store.EventPurge.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventPurgeTest extends StoreTest {
  private static final Instant OLD = NOW.minusSeconds(2);

  private EventLog log;
  private EventPurge purge;

  @BeforeEach
  void make() {
    log = new EventLog(database);
    purge = new EventPurge(database);
  }

  @Test
  void forgetsOnlyTheStartOfTheLog() {
    long old = append("old", OLD);
    long young = append("young", NOW);
    append("clock went back", OLD);

    assertThat(byAge(NOW)).isEqualTo(new Step(1, false, false));

    assertThat(log.read(0, 10, Integer.MAX_VALUE))
        .extracting(LoggedEvent::seq)
        .startsWith(young)
        .hasSize(2);
    assertThat(log.bounds().purgedTo()).isEqualTo(old);
  }

  @Test
  void theLastNumberNeverFallsBackEvenWhenAllIsForgotten() {
    append("e1", OLD);
    long last = append("e2", OLD);

    assertThat(byAge(NOW).events()).isEqualTo(2);

    assertThat(log.read(0, 10, Integer.MAX_VALUE)).isEmpty();
    assertThat(log.bounds()).isEqualTo(new LogBounds(last, last));
    assertThat(append("e3", NOW)).isGreaterThan(last);
  }

  @Test
  void aGapInTheNumbersIsNothingForgotten() {
    append("e1", NOW);
    append("e1", NOW);
    append("e2", NOW);

    assertThat(byAge(OLD).events()).isZero();

    assertThat(log.bounds().purgedTo()).isZero();
  }

  @Test
  void goesInStepsSoThatNoTransactionIsLong() {
    database.execute(
        tx -> {
          for (int i = 0; i < 1_200; i++) {
            log.append(tx, event("e" + i, OLD, 10));
          }
        });

    assertThat(byAge(NOW)).isEqualTo(new Step(1_000, true, false));
    assertThat(byAge(NOW)).isEqualTo(new Step(200, true, false));
    assertThat(byAge(NOW)).isEqualTo(new Step(0, false, false));
  }

  @Test
  void stopsAtWhatASinkHasNotHad() {
    long first = append("e1", OLD);
    append("e2", OLD);
    SinkStore sink = new SinkStore(database, "sink");
    sink.register(NOW);
    Rule rule = new Rule(NOW, Optional.empty(), Optional.of("sink"));

    assertThat(purge.step(rule)).isEqualTo(new Step(0, false, true));
    sink.claim("me", NOW, Duration.ofSeconds(30));
    sink.save("me", 1, SinkStoreTest.progress(first));

    assertThat(purge.step(rule)).isEqualTo(new Step(1, false, true));
    assertThat(log.read(0, 10, Integer.MAX_VALUE))
        .extracting(event -> event.event().id())
        .containsExactly("e2");
  }

  @Test
  void noSizeForgetsWhatASinkHasNotHad() {
    long first = append(event("e1", NOW, 9_500));
    append(event("e2", NOW, 9_500));
    SinkStore sink = new SinkStore(database, "sink");
    sink.register(NOW);
    Rule rule = new Rule(Instant.EPOCH, Optional.of(1L), Optional.of("sink"));

    assertThat(purge.step(rule)).isEqualTo(new Step(0, false, true));
    sink.claim("me", NOW, Duration.ofSeconds(30));
    sink.save("me", 1, SinkStoreTest.progress(first));

    assertThat(purge.step(rule)).isEqualTo(new Step(1, false, true));
  }

  @Test
  void keepsTheLogToASize() {
    for (int i = 0; i < 10; i++) {
      append(event("e" + i, NOW, 9_500));
    }

    assertThat(bySize(100_000).events()).isZero();
    assertThat(bySize(55_000).events()).isEqualTo(5);
    append(event("more", NOW, 9_500));
    assertThat(bySize(55_000).events()).isOne();

    assertThat(log.read(0, 20, Integer.MAX_VALUE)).hasSize(5);
  }

  @Test
  void whatASinkSetAsideStaysUntilItIsLetGo() {
    long parked = append("parked", OLD);
    long last = append("other", OLD);
    new SinkStore(database, "sink").register(NOW);
    ParkedStore aside = new ParkedStore(database, "sink");
    aside.park(parked, 3, "answered 500", NOW);

    assertThat(byAge(NOW).events()).isOne();

    assertThat(aside.list(0, 10)).extracting(event -> event.event().seq()).containsExactly(parked);
    assertThat(log.bounds().purgedTo()).isEqualTo(last);
    aside.letGo(parked);
    assertThat(byAge(NOW).events()).isOne();
    assertThat(log.find(parked)).isEmpty();
  }

  private Step byAge(Instant before) {
    return purge.step(new Rule(before, Optional.empty(), Optional.empty()));
  }

  private Step bySize(long bytes) {
    return purge.step(new Rule(Instant.EPOCH, Optional.of(bytes), Optional.empty()));
  }

  private long append(String id, Instant time) {
    return append(event(id, time, 10));
  }

  private long append(NewEvent event) {
    return database.write(tx -> log.append(tx, event));
  }

  static NewEvent event(String id, Instant time, int size) {
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
        bytes("\"" + "x".repeat(size - 2) + "\""));
  }
}
