package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.SinkStore.Rewind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinkStoreTest extends StoreTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private SinkStore sink;
  private ParkedStore parked;
  private EventLog log;

  @BeforeEach
  void make() {
    sink = new SinkStore(database, "webhook");
    parked = new ParkedStore(database, "webhook");
    log = new EventLog(database);
  }

  static SinkProgress progress(long reached, OpenEvent... open) {
    return new SinkProgress(reached, List.of(open), SinkState.DELIVERING, Optional.empty(), NOW);
  }

  @Test
  void aNewSinkBeginsWithTheOldestEventThatIsKept() {
    long first = append("e1");
    append("e2");
    new EventPurge(database)
        .step(new EventPurge.Rule(NOW.plusSeconds(1), Optional.empty(), Optional.empty()));
    append("e3");

    assertThat(sink.find()).isEmpty();
    assertThat(sink.register(NOW).progress()).isEqualTo(progress(first + 1));
    assertThat(sink.register(NOW.plusSeconds(9)).progress().since()).isEqualTo(NOW);
  }

  @Test
  void remembersHowFarItIsAndWhatIsOpenBeforeThat() {
    sink.register(NOW);
    sink.claim("me", NOW, LEASE);
    SinkProgress told =
        new SinkProgress(
            9,
            List.of(
                new OpenEvent(4, 2, Duration.ofSeconds(70)), new OpenEvent(7, 0, Duration.ZERO)),
            SinkState.RETRYING,
            Optional.of("answered 500"),
            NOW);

    assertThat(sink.save("me", 1, told)).isTrue();

    assertThat(sink.find()).map(SinkRow::progress).contains(told);
    assertThat(told.position()).isEqualTo(3);
  }

  @Test
  void onlyTheHostThatHoldsItMayMoveIt() {
    sink.register(NOW);
    assertThat(sink.claim("one", NOW, LEASE)).isTrue();

    boolean shared = kind == TestDatabase.POSTGRESQL;
    assertThat(sink.claim("two", NOW.plusSeconds(29), LEASE)).isEqualTo(!shared);
    assertThat(sink.claim("two", NOW.plusSeconds(31), LEASE)).isTrue();

    assertThat(sink.save("one", 1, progress(5))).isFalse();
    assertThat(sink.save("two", 1, progress(5))).isTrue();
    sink.release("one");
    assertThat(sink.save("two", 1, progress(5))).isTrue();
    sink.release("two");
    assertThat(sink.claim("one", NOW, LEASE)).isTrue();
  }

  @Test
  void aClaimOfAClockThatWasFarAheadHoldsNobodyUp() {
    sink.register(NOW);
    sink.claim("one", NOW.plus(Duration.ofDays(1)), LEASE);

    assertThat(sink.claim("two", NOW, LEASE)).isTrue();
  }

  @Test
  void goesBackButNeverAheadAndNeverToWhatIsForgotten() {
    long first = append("e1");
    long second = append("e2");
    long third = append("e3");
    sink.register(NOW);
    sink.claim("me", NOW, LEASE);
    sink.save("me", 1, progress(second));
    parked.park(second, 1, "answered 400", NOW);

    assertThat(rewind(third)).isEqualTo(Rewind.AHEAD);
    assertThat(rewind(first)).isEqualTo(Rewind.DONE);

    assertThat(sink.find().orElseThrow().progress().position()).isEqualTo(first);
    assertThat(parked.count()).as("it is sent again anyway").isZero();
    assertThat(sink.save("me", 1, progress(third))).as("by who does not know").isFalse();
    new EventPurge(database)
        .step(new EventPurge.Rule(NOW.plusSeconds(1), Optional.empty(), Optional.empty()));
    assertThat(rewind(first)).isEqualTo(Rewind.EXPIRED);
    assertThat(sink.skipPurged()).isTrue();
    assertThat(sink.find().orElseThrow().progress().position()).isEqualTo(third);
    assertThat(sink.skipPurged()).isFalse();
  }

  @Test
  void isResumedOnlyWhenItWasParked() {
    sink.register(NOW);
    sink.claim("me", NOW, LEASE);
    assertThat(did(tx -> sink.resume(tx, NOW))).isFalse();
    SinkProgress gone =
        new SinkProgress(0, List.of(), SinkState.PARKED, Optional.of("answered 410"), NOW);
    sink.save("me", 1, gone);

    assertThat(did(tx -> sink.resume(tx, NOW))).isTrue();

    assertThat(sink.find().orElseThrow().progress()).isEqualTo(progress(0));
    assertThat(sink.save("me", 1, gone)).isFalse();
  }

  @Test
  void parkedEventsAreListedWantedAndLetGo() {
    long first = append("e1");
    long second = append("e2");
    parked.park(first, 12, "answered 400", NOW);
    parked.park(second, 9, "answered 500", NOW);

    assertThat(parked.list(0, 1))
        .containsExactly(
            new ParkedEvent(log.find(first).orElseThrow(), NOW, 12, "answered 400", false));
    assertThat(parked.list(first, 5)).extracting(ParkedEvent::why).containsExactly("answered 500");
    assertThat(did(tx -> parked.want(tx, first, NOW))).isTrue();
    assertThat(did(tx -> parked.want(tx, 99, NOW))).isFalse();
    assertThat(parked.wanted(5)).extracting(EventKey::seq).containsExactly(first);
    parked.park(first, 1, "answered 403", NOW.plusSeconds(1));
    assertThat(parked.wanted(5)).isEmpty();
    assertThat(parked.list(0, 1))
        .containsExactly(
            new ParkedEvent(log.find(first).orElseThrow(), NOW, 13, "answered 403", false));
    assertThat(did(tx -> parked.remove(tx, first))).isTrue();
    assertThat(did(tx -> parked.remove(tx, first))).isFalse();
    assertThat(parked.count()).isOne();
  }

  private Rewind rewind(long after) {
    return database.write(tx -> sink.rewind(tx, after));
  }

  private boolean did(Predicate<Handle> change) {
    return database.write(change::test);
  }

  private long append(String id) {
    return database.write(tx -> log.append(tx, EventPurgeTest.event(id, NOW, 10)));
  }
}
