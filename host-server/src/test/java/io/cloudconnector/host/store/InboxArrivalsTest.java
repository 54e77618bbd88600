package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.InboxArrivals.Sorted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxArrivalsTest extends StoreTest {
  private static final int ALL = 1_000;

  private InboxArrivals arrivals;
  private InboxStore store;
  private TestInbox inbox;

  @BeforeEach
  void make() {
    arrivals = new InboxArrivals(database);
    store = new InboxStore(database);
    inbox = new TestInbox(database);
  }

  @Test
  void whatHasArrivedIsInNoLineBeforeItIsSorted() {
    arrive(TestEntry.mapped("ann", "1"));

    assertThat(database.read(arrivals::any)).isTrue();
    assertThat(inbox.tasks(NOW, ALL)).isEmpty();

    assertThat(sort(ALL).sorted()).isOne();

    assertThat(database.read(arrivals::any)).isFalse();
    assertThat(inbox.heads(NOW, ALL))
        .singleElement()
        .satisfies(row -> assertThat(row.entry()).isEqualTo(TestEntry.mapped("ann", "1")));
  }

  @Test
  void whatBelongsToAPersonIsWorkedOffInTheOrderInWhichItCame() {
    link("ann", "a1");
    List<String> came = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      came.add("s" + i);
      arrive(TestEntry.unmapped("a1", "s" + i));
    }
    while (sort(7).sorted() > 0) {}

    List<String> worked = new ArrayList<>();
    while (worked.size() < came.size()) {
      InboxRow head = inbox.heads(NOW, ALL).getFirst();
      assertThat(head.entry().userId()).isEqualTo("ann");
      worked.add(String.valueOf(head.entry().resource().id()));
      inbox.change(head.id(), NOW, (tx, id) -> store.close(tx, List.of(id)));
    }
    assertThat(worked).isEqualTo(came);
  }

  @Test
  void whatCameBeforeOrTwiceGoesWhenItIsSorted() {
    inbox.accept(List.of(keyed("k1")));
    arrive(keyed("k1"));
    arrive(keyed("k2"));
    arrive(keyed("k2"));
    arrive(keyed("k3"));

    assertThat(sort(ALL)).isEqualTo(new Sorted(4, Map.of(ACME, 2)));

    assertThat(store.count(InboxState.WAITING)).isEqualTo(3);
    assertThat(store.count(InboxState.ARRIVED)).isZero();
  }

  @Test
  void bodiesStayUntilWhatArrivedIsWorkedOff() {
    NewWebhook two =
        new NewWebhook(
            List.of(TestEntry.mapped("ann", "1"), TestEntry.mapped("bob", "2")),
            List.of(),
            bytes("both"));
    database.execute(tx -> arrivals.add(tx, List.of(two)));

    assertThat(database.<Integer>write(store::purgeBodies)).isZero();
    assertThat(sort(ALL).sorted()).isEqualTo(2);
    assertThat(database.<Integer>write(store::purgeBodies)).isZero();
  }

  @Test
  void whatHasArrivedForAnAccountIsErasedWithIt() {
    arrive(TestEntry.unmapped("a1", "1"));
    arrive(TestEntry.unmapped("a2", "2"));

    new PersonalInbox(database).eraseUnmapped(ACME, "a1", NOW);

    assertThat(sort(ALL).sorted()).isOne();
    assertThat(inbox.heads(NOW, ALL))
        .singleElement()
        .satisfies(row -> assertThat(row.entry().accountId()).isEqualTo("a2"));
  }

  @Test
  void whatHasArrivedComesForwardWhenTheClockIsSetBack() {
    Instant back = NOW.minus(Duration.ofHours(1));
    arrive(TestEntry.mapped("ann", "1"));

    database.execute(tx -> store.moveForward(tx, Duration.ofHours(1), back));

    assertThat(sort(ALL).sorted()).isOne();
    assertThat(inbox.heads(back, ALL)).hasSize(1);
  }

  @Test
  void carriedDataComesThroughTheSorting() {
    InboxEntry carried =
        new InboxEntry(
            ACME,
            "a1",
            "ann",
            Lane.LIVE,
            InboxKind.CARRIED,
            InboxResource.one("sleep", "7"),
            bytes("{\"score\":1}"),
            "application/json",
            "sleep.updated",
            "trace-7",
            "k7",
            Map.of("region", "eu"),
            NOW);
    arrive(carried);

    assertThat(sort(ALL).sorted()).isOne();

    assertThat(inbox.heads(NOW, ALL))
        .singleElement()
        .satisfies(row -> assertThat(row.entry()).isEqualTo(carried));
  }

  private void link(String user, String account) {
    database.execute(
        tx ->
            new ConnectionStore(database)
                .link(
                    tx,
                    new NewConnection(
                        ACME,
                        user,
                        1,
                        Set.of(account),
                        Set.of(),
                        bytes("sealed"),
                        NOW,
                        null,
                        null)));
  }

  private Sorted sort(int limit) {
    return database.write(tx -> arrivals.sort(tx, limit));
  }

  private void arrive(InboxEntry entry) {
    NewWebhook webhook = new NewWebhook(List.of(entry), List.of(), bytes("{}"));
    database.execute(tx -> arrivals.add(tx, List.of(webhook)));
  }

  private static InboxEntry keyed(String key) {
    return TestEntry.keyed(TestEntry.mapped("ann", "s-" + key), key);
  }
}
