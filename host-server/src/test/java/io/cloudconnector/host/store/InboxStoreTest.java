package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxStoreTest extends StoreTest {
  private InboxStore store;
  private TestInbox inbox;

  @BeforeEach
  void make() {
    store = new InboxStore(database);
    inbox = new TestInbox(database);
  }

  @Test
  void takesADedupeKeyOnce() {
    assertThat(accept(keyed("k1"), keyed("k2"), keyed("k1"))).isEqualTo(2);
    assertThat(accept(keyed("k2"), keyed("k3"))).isOne();
    assertThat(store.count(InboxState.WAITING)).isEqualTo(3);
  }

  @Test
  void remembersADedupeKeyAfterTheRowIsDone() {
    accept(keyed("k1"));
    inbox.change(head().id(), NOW, (tx, row) -> store.close(tx, List.of(row)));
    assertThat(accept(keyed("k1"))).isZero();
  }

  @Test
  void forgetsADedupeKeyOnlyWhenPurged() {
    accept(keyed("k1"));
    assertThat(purgeDedupe(NOW)).isZero();
    assertThat(purgeDedupe(NOW.plusMillis(1))).isOne();
    assertThat(accept(keyed("k1"))).isOne();
  }

  @Test
  void takesEveryEntryWithoutAKey() {
    assertThat(accept(TestEntry.mapped("ann", "7"), TestEntry.mapped("ann", "7"))).isEqualTo(2);
    assertThat(accept()).isZero();
  }

  @Test
  void forgetsTheKeysOfATransactionThatFailed() {
    assertThatThrownBy(
            () ->
                database.execute(
                    tx -> {
                      inbox.accept(tx, List.of(keyed("k1")));
                      throw new IllegalStateException("after accept");
                    }))
        .hasMessage("after accept");
    assertThat(accept(keyed("k1"))).isOne();
  }

  @Test
  void takesTheSameKeysOnceFromManyAtOnce() throws Exception {
    List<InboxEntry> forth = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      forth.add(keyed("k" + i));
    }
    List<InboxEntry> back = forth.reversed();
    List<Future<Integer>> accepts = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        List<InboxEntry> entries = i % 2 == 0 ? forth : back;
        accepts.add(threads.submit(() -> accept(entries.toArray(InboxEntry[]::new))));
      }
    }
    int fresh = 0;
    for (Future<Integer> accept : accepts) {
      fresh += accept.get();
    }
    assertThat(fresh).isEqualTo(50);
  }

  @Test
  void keepsEverythingThatWasAccepted() {
    InboxEntry full =
        new InboxEntry(
            ACME,
            "a1",
            "ann",
            Lane.LIVE,
            InboxKind.CARRIED,
            new InboxResource("sleep", "7", "2026-11-01", "2026-11-02", "hint"),
            bytes("{}"),
            "application/json",
            "sleep.updated",
            "trace-1",
            "k1",
            Map.of("region", "eu"),
            NOW);
    accept(full);
    InboxRow row = head();
    assertThat(row).isEqualTo(new InboxRow(row.id(), row.id(), full, NOW, null, 0, null));
  }

  @Test
  void putsWhatComesForALinkedAccountIntoTheLineOfItsUser() {
    link("ann", "a1");
    accept(TestEntry.unmapped("a1", "7"), TestEntry.unmapped("a2", "8"));
    assertThat(inbox.heads(NOW, 10))
        .extracting(row -> row.entry().userId())
        .containsExactlyInAnyOrder("ann", null);
  }

  @Test
  void takesMoreAccountsAtOnceThanADatabaseTakesValues() {
    List<InboxEntry> many =
        IntStream.range(0, 33_000).mapToObj(i -> TestEntry.unmapped("a" + i, "7")).toList();
    assertThat(inbox.accept(many)).isEqualTo(33_000);
  }

  @Test
  void neverPassesWhatStillWaitsForItsOwner() {
    accept(TestEntry.unmapped("a1", "7"));
    link("ann", "a1");
    accept(TestEntry.unmapped("a1", "8"));
    assertThat(inbox.heads(NOW, 10))
        .extracting(row -> row.entry().resource().id())
        .containsExactly("7");
  }

  @Test
  void leavesAnAccountOfSeveralUsersToBeAssigned() {
    link("ann", "a1");
    link("bob", "a1");
    accept(TestEntry.unmapped("a1", "7"));
    assertThat(head().entry().userId()).isNull();
  }

  @Test
  void keepsTheBodyUntilItIsWorkedOff() {
    accept(TestEntry.mapped("ann", "7"));
    assertThat(bodies("inbox")).isOne();
    inbox.change(head().id(), NOW, (tx, row) -> store.close(tx, List.of(row)));
    assertThat(bodies("inbox")).isZero();
  }

  @Test
  void keepsABodyOfSeveralChangesOnceAndUntilTheLastIsWorkedOff() {
    accept(TestEntry.mapped("ann", "7"), TestEntry.mapped("bob", "8"));
    assertThat(bodies("inbox")).isZero();
    for (InboxRow row : inbox.heads(NOW, 10)) {
      assertThat(database.<Integer>write(store::purgeBodies)).isZero();
      assertThat(bodies("webhook")).isOne();
      inbox.change(row.id(), NOW, (tx, id) -> store.close(tx, List.of(id)));
    }
    assertThat(database.<Integer>write(store::purgeBodies)).isOne();
  }

  @Test
  void showsTheBodyOfADeadLetter() {
    accept(TestEntry.mapped("ann", "7"));
    accept(TestEntry.mapped("bob", "8"), TestEntry.mapped("eve", "9"));
    DeadLetterStore letters = new DeadLetterStore(database);
    for (InboxRow row : inbox.heads(NOW, 10)) {
      inbox.change(row.id(), NOW, (tx, id) -> store.bury(tx, id, "refused"));
      assertThat(letters.body(row.id())).contains(bytes("{}"));
    }
    assertThat(letters.body(4711)).isEmpty();
  }

  private long bodies(String table) {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(body) FROM " + table).mapTo(Long.class).one());
  }

  private void link(String user, String account) {
    database.execute(
        tx -> {
          tx.execute(
              """
              INSERT INTO connection (vendor, user_id, generation, status, scopes,
                  credentials_version, linked_at)
                VALUES ('acme', ?, 1, 'ACTIVE', '[]', 1, 0)
              """,
              user);
          tx.execute(
              "INSERT INTO connection_account (vendor, user_id, account_id) VALUES ('acme', ?, ?)",
              user,
              account);
        });
  }

  @Test
  void refusesToAssignToNobody() {
    accept(TestEntry.unmapped("a1", "7"));
    InboxRow row = head();
    assertThatThrownBy(() -> database.execute(tx -> store.assign(tx, row, List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesEachUserOfAnAccountARowInTheSamePosition() {
    accept(TestEntry.unmapped("a1", "7"));
    InboxRow row = head();
    assign(row, "ann", "bob", "ann");
    List<InboxRow> heads = inbox.heads(NOW, 10);
    assertThat(heads)
        .extracting(each -> each.entry().userId())
        .containsExactlyInAnyOrder("ann", "bob");
    assertThat(heads).extracting(InboxRow::position).containsOnly(row.position());
    assertThat(heads).extracting(each -> each.entry().resource().id()).containsOnly("7");
  }

  @Test
  void assignsARowOnce() {
    accept(TestEntry.unmapped("a1", "7"));
    InboxRow row = head();
    assign(row, "ann", "bob");
    assign(row, "eve", "mel");
    assertThat(inbox.heads(NOW, 10))
        .extracting(each -> each.entry().userId())
        .containsExactlyInAnyOrder("ann", "bob");
  }

  /** What another host found out of it meanwhile was found out for nobody. */
  @Test
  void closesNoRowThatHasBecomeAUsers() {
    accept(TestEntry.unmapped("a1", "7"));
    InboxTask ofNobody = inbox.tasks(NOW, 1).getFirst();
    assign(head(), "ann");

    assertThat(database.<Boolean>write(tx -> store.close(tx, ofNobody))).isFalse();
    assertThat(head().entry().userId()).isEqualTo("ann");
  }

  @Test
  void startsAMappedRowsRetriesAfresh() {
    accept(TestEntry.unmapped("a1", "7"));
    retry(head().id(), NOW, NOW, true);
    assign(head(), "ann");
    assertThat(head().attempts()).isZero();
    assertThat(head().firstTriedAt()).isNull();
    assertThat(head().lastError()).isNull();
  }

  @Test
  void countsAttemptsFromTheFirst() {
    accept(TestEntry.mapped("ann", "7"));
    long id = head().id();
    retry(id, NOW, NOW.plusSeconds(5), true);
    retry(id, NOW.plusSeconds(5), NOW.plusSeconds(9), true);
    assertThat(inbox.heads(NOW.plusSeconds(8), 10)).isEmpty();
    InboxRow row = inbox.heads(NOW.plusSeconds(9), 10).getFirst();
    assertThat(row.attempts()).isEqualTo(2);
    assertThat(row.firstTriedAt()).isEqualTo(NOW);
    assertThat(row.lastError()).isEqualTo("vendor answered 503");
  }

  @Test
  void doesNotCountAWaitForALimit() {
    accept(TestEntry.mapped("ann", "7"));
    retry(head().id(), NOW, NOW.plusSeconds(5), false);
    InboxRow row = inbox.heads(NOW.plusSeconds(5), 10).getFirst();
    assertThat(row.attempts()).isZero();
    assertThat(row.firstTriedAt()).isNull();
  }

  @Test
  void buriesAndCounts() {
    accept(TestEntry.mapped("ann", "7"), TestEntry.mapped("ann", "8"));
    long id = head().id();
    retry(id, NOW, NOW, true);
    inbox.change(id, NOW, (tx, row) -> store.bury(tx, row, "vendor answered 400"));
    assertThat(store.count(InboxState.WAITING)).isEqualTo(1);
    assertThat(store.count(InboxState.DEAD)).isEqualTo(1);
    assertThat(head().id()).isNotEqualTo(id);
  }

  @Test
  void wakesTheAccountsThatWereLinked() {
    accept(
        TestEntry.unmapped("a1", "7"), TestEntry.unmapped("a2", "8"), TestEntry.mapped("ann", "9"));
    for (InboxRow row : inbox.heads(NOW, 10)) {
      retry(row.id(), NOW, NOW.plusSeconds(60), false);
    }
    database.execute(tx -> store.wake(tx, ACME, Set.of("a1", "a3"), NOW));
    assertThat(inbox.heads(NOW, 10))
        .extracting(row -> row.entry().accountId())
        .containsExactly("a1");
  }

  private InboxRow head() {
    return inbox.heads(NOW, 10).getFirst();
  }

  private int accept(InboxEntry... entries) {
    return inbox.accept(List.of(entries));
  }

  private void assign(InboxRow row, String... users) {
    inbox.change(row.id(), NOW, (tx, _) -> store.assign(tx, row, List.of(users)));
  }

  private void retry(long id, Instant now, Instant dueAt, boolean counts) {
    inbox.change(
        id, now, (tx, row) -> store.retry(tx, row, dueAt, now, "vendor answered 503", counts));
  }

  @Test
  void forgetsHoweverManyDedupeKeysThereAre() {
    List<@Nullable Object[]> keys = new ArrayList<>();
    for (int i = 0; i < 10_001; i++) {
      keys.add(new @Nullable Object[] {"key " + i, NOW.toEpochMilli() + i / 10_000});
    }
    database.execute(
        tx ->
            DirectSql.batch(
                tx,
                "INSERT INTO dedupe (vendor, dedupe_key, seen_at) VALUES ('acme', ?, ?)",
                keys));

    assertThat(purgeDedupe(NOW.plusMillis(1))).isEqualTo(10_000);
    assertThat(purgeDedupe(NOW.plusMillis(2))).isOne();
  }

  private int purgeDedupe(Instant before) {
    return store.purgeDedupe(before);
  }

  private static InboxEntry keyed(String key) {
    return TestEntry.keyed(TestEntry.mapped("ann", "7"), key);
  }
}
