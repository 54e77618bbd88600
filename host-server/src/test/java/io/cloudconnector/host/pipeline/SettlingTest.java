package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxKind;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxResource;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.InboxTask;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.NewConnection;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.NewWebhook;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.PersonalInbox;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
class SettlingTest {
  private static final VendorType ACME = new VendorType("acme");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase kind;

  private Database database;
  private InboxStore inbox;
  private Settling settling;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Objects.requireNonNull(kind).open(folder);
    inbox = new InboxStore(database);
    settling = new Settling(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aLateCommitOfOlderDataClosesNoNewerChange() {
    link();
    accept();
    InboxTask slow = task();
    accept();
    InboxTask again = task();
    assertThat(again.merged()).hasSize(1);

    settle(slow, "old");
    settle(again, "new");
    settle(task(), "newest");

    assertThat(new EventLog(database).read(0, 10, Integer.MAX_VALUE))
        .extracting(event -> text(event.event()))
        .containsExactly("old", "newest");
    assertThat(inbox.lines(ACME, Lane.LIVE, 10)).isEmpty();
  }

  /** The new link has woken the line already; else this row would wait an hour. */
  @Test
  void aRowThatWaitsForALinkIsDueAtOnceWhenThePersonHasLinkedSince() {
    link();
    accept();
    InboxTask task = task();
    Outcome.AwaitLink wait = new Outcome.AwaitLink(1, NOW.plusSeconds(3600), "no link");

    assertThat(settling.settle(new Settlement(task, wait, NOW)).more()).isFalse();
    assertThat(inbox.next(task.line(), NOW)).isEmpty();
    assertThat(inbox.next(task.line(), NOW.plusSeconds(61)))
        .as("the link is active: it may have been restored meanwhile")
        .isPresent();

    link();
    assertThat(settling.settle(new Settlement(task, wait, NOW)).more()).isTrue();
    assertThat(inbox.next(task.line(), NOW)).isPresent();
  }

  /** An application wipes what it has when it is told of the end. */
  @Test
  void whatWasFetchedWhileItsConnectionEndedIsNotLogged() {
    link();
    accept();
    InboxTask underWay = task();

    database.execute(tx -> new ConnectionStore(database).revoke(tx, ACME, "ann"));

    assertThat(settle(underWay, "too late").outcome())
        .contains(new Outcome.Drop("its connection has ended"));
    assertThat(new EventLog(database).last()).isZero();
    assertThat(inbox.lines(ACME, Lane.LIVE, 10)).isEmpty();
  }

  @Test
  void whatWasFetchedOfAnAccountThatThePersonHasLeftMeanwhileIsNotLogged() {
    link();
    accept();
    InboxTask underWay = task();

    link("another account");

    assertThat(settle(underWay, "too late").outcome())
        .contains(new Outcome.Drop("the person has linked another account since"));
    assertThat(new EventLog(database).last()).isZero();
  }

  @Test
  void whatWasFetchedIsLoggedWhenThePersonHasLinkedTheSameAccountAnew() {
    link();
    accept();
    InboxTask underWay = task();

    link();

    assertThat(settle(underWay, "good").logged()).hasSize(1);
    assertThat(new EventLog(database).last()).isPositive();
  }

  @Test
  void whatTheNoticeItselfToldIsNotLoggedEitherOnceItsConnectionHasEnded() {
    link();
    accept();
    InboxTask underWay = task();
    Outcome told = new Outcome.Deliver(1, List.of(event(underWay, "told")), false);
    database.execute(tx -> new ConnectionStore(database).revoke(tx, ACME, "ann"));

    assertThat(settling.settle(new Settlement(underWay, told, NOW)).logged()).isEmpty();
  }

  private void link() {
    link("account");
  }

  private void link(String account) {
    ConnectionStore connections = new ConnectionStore(database);
    database.execute(
        tx ->
            connections.link(
                tx,
                new NewConnection(
                    ACME,
                    "ann",
                    connections.nextGeneration(tx, ACME, "ann"),
                    Set.of(account),
                    Set.of(),
                    bytes("sealed"),
                    NOW,
                    null,
                    null)));
  }

  /** Another host on the database may work in the same line, and tells of it too. */
  @Test
  void whatHasBeenSettledIsNotSettledAgainWhateverItCameTo() {
    link();
    accept();
    InboxTask task = task();
    List<Outcome> outcomes =
        List.of(
            new Outcome.Bury("the vendor does not know it", true),
            new Outcome.Deliver(1, List.of(), true),
            new Outcome.Drop("nobody wants it"),
            new Outcome.Retry(NOW, "the vendor failed"),
            new Outcome.Wait(NOW, "a limit"));
    assertThat(settled(task, outcomes.getFirst())).isPresent();

    assertThat(outcomes).allSatisfy(outcome -> assertThat(settled(task, outcome)).isEmpty());
  }

  @Test
  void aChangeThatWaitsForADocumentThatIsGivenUpHasTriesOfItsOwn() {
    link();
    accept();
    accept();

    assertThat(settled(task(), new Outcome.Bury("given up", false))).isPresent();

    InboxTask next = task();
    assertThat(next.merged()).isEmpty();
    assertThat(settled(next, new Outcome.Bury("refused for good", true))).isPresent();
    assertThat(inbox.lines(ACME, Lane.LIVE, 10)).isEmpty();
  }

  @Test
  void aChangeThatWaitsForADocumentThatIsRefusedForGoodIsPartOfItsDeadLetter() {
    link();
    accept();
    accept();

    assertThat(settled(task(), new Outcome.Bury("refused for good", true))).isPresent();

    assertThat(inbox.lines(ACME, Lane.LIVE, 10)).isEmpty();
  }

  @Test
  void aDeliveryWithoutEventsIsSettledOnceToo() {
    link();
    accept();
    InboxTask task = task();
    Outcome nothing = new Outcome.Deliver(1, List.of(), true);

    assertThat(settled(task, nothing)).isPresent();
    assertThat(settled(task, nothing)).isEmpty();
  }

  private Optional<Outcome> settled(InboxTask task, Outcome outcome) {
    return settling.settle(new Settlement(task, outcome, NOW)).outcome();
  }

  @Test
  void workForADeletedPersonComesToNothing() {
    link();
    accept();
    InboxTask underWay = task();

    new PersonalInbox(database).erase("ann", NOW);
    settle(underWay, "too late");

    assertThat(new EventLog(database).read(0, 10, Integer.MAX_VALUE)).isEmpty();
    assertThat(inbox.lines(ACME, Lane.LIVE, 10)).isEmpty();
  }

  private static String text(NewEvent event) {
    return new String(Objects.requireNonNull(event.data()).toArray(), StandardCharsets.UTF_8);
  }

  private void accept() {
    InboxEntry entry =
        new InboxEntry(
            ACME,
            "account",
            "ann",
            Lane.LIVE,
            InboxKind.CHANGED,
            InboxResource.one("sleep", "7"),
            null,
            null,
            "sleep.updated",
            "trace",
            null,
            Map.of(),
            NOW);
    NewWebhook webhook = new NewWebhook(List.of(entry), List.of(), bytes("{}"));
    database.execute(tx -> inbox.accept(tx, List.of(webhook)));
  }

  private InboxTask task() {
    InboxLine line = inbox.lines(ACME, Lane.LIVE, 1).getFirst().line();
    return inbox.next(line, NOW).orElseThrow();
  }

  private Settled settle(InboxTask task, String document) {
    Outcome found = new Outcome.Deliver(1, List.of(event(task, document)), true);
    return settling.settle(new Settlement(task, found, NOW));
  }

  private static NewEvent event(InboxTask task, String document) {
    return new NewEvent(
        EventId.of("of row " + task.row().position()),
        "data.updated",
        ACME,
        "ann",
        "sleep/7",
        "sleep",
        "7",
        "trace",
        "live",
        NOW,
        "application/json",
        bytes(document));
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
