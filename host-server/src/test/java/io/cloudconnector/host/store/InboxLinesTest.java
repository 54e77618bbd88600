package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rows may be worked off, and in what order: the heads of lines. */
class InboxLinesTest extends StoreTest {
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Instant OVER_A_MINUTE_LATER = NOW.plusMillis(60_001);
  private InboxStore store;
  private TestInbox inbox;

  @BeforeEach
  void make() {
    store = new InboxStore(database);
    inbox = new TestInbox(database);
  }

  @Test
  void areNoneInAnEmptyInbox() {
    assertThat(inbox.heads(NOW, 10)).isEmpty();
    assertThat(inbox.nextDue(NOW)).isEmpty();
  }

  @Test
  void areTheFirstRowOfEachConnection() {
    accept(mapped("ann", "1"), mapped("bob", "2"), mapped("ann", "3"), mapped("bob", "4"));
    assertThat(heads(NOW)).containsExactly("1", "2");
    close("1");
    assertThat(heads(NOW)).containsExactlyInAnyOrder("3", "2");
  }

  @Test
  void areTheFirstRowOfEachUnmappedAccount() {
    accept(unmapped("a1", "1"), unmapped("a1", "2"), unmapped("a2", "3"));
    assertThat(heads(NOW)).containsExactly("1", "3");
  }

  @Test
  void keepAUserApartFromAnAccountOfTheSameName() {
    accept(mapped("x", "1"), unmapped("x", "2"));
    assertThat(heads(NOW)).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void waitUntilTheyAreDue() {
    accept(TestEntry.at(mapped("ann", "1"), NOW.plusSeconds(1)), mapped("ann", "2"));
    assertThat(heads(NOW)).as("2 is due, but behind 1").isEmpty();
    assertThat(heads(NOW.plusSeconds(1))).containsExactly("1");
  }

  @Test
  void holdBackTheirLineForAMinuteOfRetries() {
    accept(mapped("ann", "1"), mapped("ann", "2"));
    putOff("1");
    assertThat(heads(NOW.plusSeconds(60))).isEmpty();
    assertThat(heads(OVER_A_MINUTE_LATER)).containsExactly("2");
  }

  @Test
  void neverPassAnEarlierRowOfTheSameResource() {
    accept(mapped("ann", "1"), mapped("ann", "1"), mapped("ann", "2"), mapped("ann", "2"));
    putOff("1");
    assertThat(heads(OVER_A_MINUTE_LATER)).containsExactly("2");
    close("2");
    assertThat(heads(OVER_A_MINUTE_LATER)).containsExactly("2");
    close("2");
    assertThat(heads(OVER_A_MINUTE_LATER)).as("the second 1 waits for the first").isEmpty();
  }

  @Test
  void comeBackInTheirPlaceWhenDueAgain() {
    accept(mapped("ann", "1"), mapped("ann", "2"));
    putOff("1");
    assertThat(heads(NOW.plus(LONG))).containsExactly("1");
  }

  @Test
  void stepAsideOneAfterTheOther() {
    accept(mapped("ann", "1"), mapped("ann", "2"), mapped("ann", "3"));
    putOff("1");
    putOff("2");
    assertThat(heads(NOW.plusSeconds(60))).isEmpty();
    assertThat(heads(OVER_A_MINUTE_LATER)).containsExactly("3");
  }

  @Test
  void doNotStepAsideForALimit() {
    accept(mapped("ann", "1"), mapped("ann", "2"));
    long id = find("1");
    inbox.change(id, NOW, (tx, row) -> store.retry(tx, row, NOW.plus(LONG), NOW, "limit", false));
    assertThat(heads(OVER_A_MINUTE_LATER)).isEmpty();
  }

  @Test
  void leaveDeadLettersBehind() {
    accept(mapped("ann", "1"), mapped("ann", "1"));
    long id = find("1");
    inbox.change(id, NOW, (tx, row) -> store.bury(tx, row, "refused"));
    assertThat(heads(NOW)).containsExactly("1");
    assertThat(inbox.heads(NOW, 10)).extracting(InboxRow::id).doesNotContain(id);
  }

  @Test
  void areServedTheLongestDueFirst() {
    accept(
        mapped("ann", "1"),
        TestEntry.at(mapped("bob", "2"), NOW.minusSeconds(9)),
        TestEntry.at(mapped("eve", "3"), NOW.minusSeconds(5)));
    assertThat(heads(NOW)).containsExactly("2", "3", "1");
    assertThat(inbox.heads(NOW, 1)).extracting(row -> row.entry().userId()).containsExactly("bob");
  }

  @Test
  void tellWhenToLookAgain() {
    accept(TestEntry.at(mapped("ann", "1"), NOW.plusSeconds(90)), mapped("bob", "2"));
    assertThat(inbox.nextDue(NOW)).contains(NOW.plusSeconds(90));
    putOff("2");
    assertThat(inbox.nextDue(NOW)).as("2 steps aside").contains(OVER_A_MINUTE_LATER);
    assertThat(inbox.nextDue(OVER_A_MINUTE_LATER)).contains(NOW.plusSeconds(90));
    assertThat(inbox.nextDue(NOW.plus(LONG))).isEmpty();
  }

  @Test
  void areFoundAmongTwentyThousandRowsOfOneConnection() {
    acceptMany(IntStream.range(0, 20_000).mapToObj(i -> mapped("ann", "" + i)).toList());
    assertThat(heads(NOW)).containsExactly("0");
    putOff("0");
    assertThat(heads(NOW)).isEmpty();
    assertThat(heads(OVER_A_MINUTE_LATER)).containsExactly("1");
  }

  @Test
  void areFoundAmongTwentyThousandRowsOfManyConnections() {
    acceptMany(
        IntStream.range(0, 20_000).mapToObj(i -> mapped("user" + i % 5_000, "" + i)).toList());
    List<InboxRow> heads = inbox.heads(NOW, 6_000);
    assertThat(heads).hasSize(5_000);
    assertThat(heads)
        .extracting(row -> row.entry().resource().id())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 5_000).mapToObj(i -> "" + i).toList());
    assertThat(inbox.heads(NOW, 100)).hasSize(100);
  }

  @Test
  void mergeLaterChangesOfTheSameResourceThatWait() {
    accept(mapped("ann", "1"), mapped("ann", "2"), mapped("bob", "1"), mapped("ann", "1"));
    List<InboxTask> tasks = inbox.tasks(NOW, 10);
    assertThat(tasks).extracting(task -> task.merged().size()).containsExactly(1, 0);
    assertThat(tasks.getFirst().row().position()).isLessThan(tasks.getFirst().merged().getFirst());
  }

  @Test
  void mergeNothingOfAnotherAccount() {
    InboxEntry old = mapped("ann", "1");
    accept(old, TestEntry.ofAccount(old, "the account she linked since"));
    assertThat(inbox.tasks(NOW, 1).getFirst().merged()).isEmpty();
  }

  @Test
  void stayWithTheRowsMergedIntoATaskThatIsClosedTwice() {
    accept(mapped("ann", "1"));
    InboxTask first = inbox.tasks(NOW, 1).getFirst();
    accept(mapped("ann", "1"));
    InboxTask again = inbox.tasks(NOW, 1).getFirst();
    assertThat(again.merged()).hasSize(1);

    assertThat(database.<Boolean>write(tx -> store.close(tx, first))).isTrue();
    assertThat(database.<Boolean>write(tx -> store.close(tx, again))).isFalse();
    assertThat(heads(NOW)).containsExactly("1");
  }

  @Test
  void areToldByTheLatestOfThoseMerged() {
    accept(
        traced(mapped("ann", "1"), "first"),
        traced(mapped("ann", "1"), "second"),
        traced(mapped("ann", "1"), "third"));
    assertThat(inbox.tasks(NOW, 1).getFirst().row().entry().traceId()).isEqualTo("third");
  }

  @Test
  void mergeNothingAcrossADeletionOfTheResource() {
    accept(
        mapped("ann", "1"),
        kind(mapped("ann", "2"), InboxKind.DELETED),
        mapped("ann", "1"),
        kind(mapped("ann", "1"), InboxKind.DELETED),
        mapped("ann", "1"));
    assertThat(inbox.tasks(NOW, 1).getFirst().merged()).hasSize(1);
  }

  @Test
  void mergeNothingAcrossADeletionOfAllOfItsType() {
    InboxEntry all = TestEntry.about(mapped("ann", "1"), ofAll(mapped("ann", "1")));
    accept(mapped("ann", "1"), kind(all, InboxKind.DELETED), mapped("ann", "1"));
    assertThat(inbox.tasks(NOW, 1).getFirst().merged()).isEmpty();
  }

  @Test
  void mergeNothingOfAWholeTypeAcrossADeletionOfOne() {
    InboxEntry all = TestEntry.about(mapped("ann", "1"), ofAll(mapped("ann", "1")));
    accept(all, kind(mapped("ann", "1"), InboxKind.DELETED), all);
    assertThat(inbox.tasks(NOW, 1).getFirst().merged()).isEmpty();
  }

  private static InboxResource ofAll(InboxEntry entry) {
    return new InboxResource(entry.resource().type(), null, null, null, null);
  }

  @Test
  void mergeNothingIntoADeletion() {
    accept(kind(mapped("ann", "1"), InboxKind.DELETED), mapped("ann", "1"));
    assertThat(inbox.tasks(NOW, 1).getFirst().merged()).isEmpty();
  }

  @Test
  void mergeNothingAcrossWhatIsToldOfNothingInParticular() {
    InboxEntry withdrawn = kind(mapped("ann", "1"), InboxKind.ACCESS_WITHDRAWN);
    accept(mapped("ann", "1"), TestEntry.about(withdrawn, InboxResource.NONE), mapped("ann", "1"));
    assertThat(inbox.tasks(NOW, 1).getFirst().merged()).isEmpty();
  }

  /** Whoever looked before a link was made again finds nothing due and puts the whole line off. */
  @Test
  void areWokenThoughSomebodyIsJustPuttingThemOff() throws Exception {
    accept(mapped("ann", "1"));
    InboxLine line = inbox.tasks(NOW, 1).getFirst().line();
    Instant inAnHour = NOW.plusSeconds(3_600);
    long id = find("1");
    database.execute(tx -> store.retry(tx, id, inAnHour, NOW, "there is no link", false));
    CountDownLatch putOff = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> puttingOff =
          threads.submit(
              () ->
                  database.execute(
                      tx -> {
                        store.rest(tx, line, NOW);
                        putOff.countDown();
                        await(goOn);
                      }));
      await(putOff);
      Future<?> waking =
          threads.submit(() -> database.execute(tx -> store.wake(tx, ACME, "ann", NOW)));
      waitAWhileFor(waking);
      goOn.countDown();
      puttingOff.get();
      waking.get();
    }
    assertThat(store.lines(ACME, Lane.LIVE, 10)).containsExactly(new DueLine(line, NOW));
  }

  @Test
  void takeTurnsBetweenLongAndShortLines() {
    accept(mapped("ann", "1"), mapped("ann", "2"));
    accept(TestEntry.at(mapped("bob", "3"), NOW.plusSeconds(1)));
    long id = find("1");
    inbox.change(id, NOW.plusSeconds(2), (tx, row) -> store.close(tx, List.of(row)));
    assertThat(heads(NOW.plusSeconds(2))).containsExactly("3", "2");
  }

  @Test
  void ofOtherLanesAndVendorsAreKeptApart() {
    accept(mapped("ann", "1"), TestEntry.in(mapped("ann", "2"), Lane.BACKFILL));
    assertThat(heads(NOW)).containsExactly("1");
    assertThat(store.lines(ACME, Lane.BACKFILL, 10)).hasSize(1);
    assertThat(store.lines(ACME, Lane.RECONCILE, 10)).isEmpty();
    assertThat(store.lines(OTHER, Lane.LIVE, 10)).isEmpty();
  }

  @Test
  void ofAnEmptyLineAreForgotten() {
    accept(mapped("ann", "1"));
    close("1");
    assertThat(store.lines(ACME, Lane.LIVE, 10)).isEmpty();
  }

  @Test
  void areNotForgottenByWhoFoundTheirLineEmptyBefore() throws Exception {
    InboxLine line = InboxLine.of(mapped("ann", "1"));
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < 300; i++) {
        Future<Boolean> late = other.submit(() -> database.write(tx -> store.rest(tx, line, NOW)));
        accept(mapped("ann", "1"));
        late.get();
        assertThat(heads(NOW)).as("round " + i).containsExactly("1");
        close("1");
      }
    }
  }

  private static InboxEntry traced(InboxEntry entry, String traceId) {
    return TestEntry.traced(entry, traceId);
  }

  private static InboxEntry kind(InboxEntry entry, InboxKind kind) {
    return TestEntry.of(entry, kind);
  }

  private static InboxEntry mapped(String user, String sleepId) {
    return TestEntry.mapped(user, sleepId);
  }

  private static InboxEntry unmapped(String account, String sleepId) {
    return TestEntry.unmapped(account, sleepId);
  }

  private void accept(InboxEntry... entries) {
    inbox.accept(List.of(entries));
  }

  private void acceptMany(List<InboxEntry> entries) {
    inbox.accept(entries);
  }

  private List<String> heads(Instant now) {
    return inbox.heads(now, 10).stream()
        .map(row -> String.valueOf(row.entry().resource().id()))
        .toList();
  }

  /** Tried and failed now; due again much later. */
  private void putOff(String sleepId) {
    long id = find(sleepId);
    inbox.change(
        id, NOW, (tx, row) -> store.retry(tx, row, NOW.plus(LONG), NOW, "vendor down", true));
  }

  private void close(String sleepId) {
    long id = find(sleepId);
    inbox.change(id, NOW, (tx, row) -> store.close(tx, List.of(row)));
  }

  private long find(String sleepId) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT MIN(id) FROM inbox WHERE resource_id = :id AND state = 'WAITING'")
                .bind("id", sleepId)
                .mapTo(Long.class)
                .one());
  }
}
