package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventErasureTest extends StoreTest {
  private EventLog log;
  private EventErasure erasure;
  private int next;

  @BeforeEach
  void make() {
    log = new EventLog(database);
    erasure = new EventErasure(database);
  }

  private long append(VendorType vendor, String user, String type) {
    NewEvent event =
        new NewEvent(
            "e" + next++,
            type,
            vendor,
            user,
            user,
            null,
            null,
            null,
            null,
            NOW,
            "application/json",
            bytes("{\"of\":\"" + user + "\"}"));
    return database.write(tx -> log.append(tx, event));
  }

  private List<Long> left() {
    return log.read(0, 9_999, Integer.MAX_VALUE).stream().map(LoggedEvent::seq).toList();
  }

  private void erase(String user) {
    erasure.erase(user, "connection.removed");
  }

  @Test
  void leavesOfOnePersonTheLastWordOfEachVendorOnly() {
    append(ACME, "ann", "connection.linked");
    append(ACME, "ann", "connection.removed");
    long bob = append(ACME, "bob", "data.updated");
    append(OTHER, "ann", "data.updated");
    long other = append(OTHER, "ann", "connection.removed");
    append(ACME, "ann", "data.updated");
    long last = append(ACME, "ann", "connection.removed");

    erase("ann");
    erase("ann");

    assertThat(left()).containsExactly(bob, other, last);
  }

  @Test
  void noReaderLosesItsPlace() {
    append(ACME, "bob", "data.updated");
    long middle = append(ACME, "ann", "data.updated");
    append(ACME, "bob", "data.updated");
    long newest = append(ACME, "ann", "data.updated");

    erase("ann");

    assertThat(log.goesOnFrom(middle)).isTrue();
    assertThat(log.goesOnFrom(newest)).isTrue();
    assertThat(log.goesOnFrom(newest + 1)).as("of another log").isFalse();
    assertThat(log.last()).isEqualTo(newest);
    assertThat(append(ACME, "bob", "data.updated")).isGreaterThan(newest);
  }

  @Test
  void erasesAnyNumber() {
    for (int i = 0; i < 1_300; i++) {
      append(ACME, i % 13 == 0 ? "bob" : "ann", "data.updated");
    }

    erase("ann");

    assertThat(left()).hasSize(100);
    assertThat(log.keys(0, 9_999)).extracting(EventKey::userId).containsOnly("bob");
  }

  @Test
  void whatASinkSetAsideGoesTooAndIsNotSetAsideAfterwards() {
    ParkedStore parked = new ParkedStore(database, "webhook");
    long ann = append(ACME, "ann", "data.updated");
    long bob = append(ACME, "bob", "data.updated");
    parked.park(ann, 3, "answered 400", NOW);
    parked.park(bob, 3, "answered 400", NOW);

    erase("ann");
    parked.park(ann, 1, "answered 400", NOW);

    assertThat(parked.count()).isOne();
    assertThat(parked.list(0, 9)).extracting(one -> one.event().seq()).containsExactly(bob);
  }

  @Test
  void theSizeOfTheLogStaysRight() {
    EventPurge purge = new EventPurge(database);
    EventPurge.Rule none =
        new EventPurge.Rule(
            NOW.minus(Duration.ofDays(9)), Optional.of(1_000_000L), Optional.empty());
    append(ACME, "ann", "data.updated");
    append(ACME, "bob", "data.updated");
    purge.step(none);
    append(ACME, "ann", "data.updated");

    erase("ann");
    purge.step(none);

    long counted =
        database.read(
            handle ->
                handle
                    .createQuery("SELECT counted_bytes FROM event_log_mark")
                    .mapTo(Long.class)
                    .one());
    assertThat(counted).isEqualTo(500 + "{\"of\":\"bob\"}".length());
  }

  @Test
  void erasedNumbersAreForgottenWithTheEventsAroundThem() {
    append(ACME, "ann", "data.updated");
    append(ACME, "bob", "data.updated");
    erase("ann");

    new EventPurge(database)
        .step(new EventPurge.Rule(NOW.plusSeconds(1), Optional.empty(), Optional.empty()));

    long erased =
        database.read(
            handle ->
                handle.createQuery("SELECT COUNT(*) FROM event_erased").mapTo(Long.class).one());
    assertThat(erased).isZero();
  }
}
