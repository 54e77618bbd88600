package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.CoverageStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DocumentMark;
import io.cloudconnector.host.store.DocumentStore;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.GroupedWork;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxKind;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.InboxTask;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * Writes down what tasks came to. The events of a task enter the log in the transaction that closes
 * its rows, so a crash leaves either both or neither. Thread-safe.
 */
final class Settling {
  /** Work that cannot be written down is done again, so it waits rather longer than a vendor. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final Database database;
  private final InboxStore inbox;
  private final EventLog events;
  private final ConnectionStore connections;
  private final DocumentStore documents;
  private final CoverageStore coverage;
  private final PageSettling pages;
  private final GroupedWork<Settlement, Settled> work =
      new GroupedWork<>(GroupedWork.Rank.SETTLE, "settle", this::settleAll);

  Settling(Database database) {
    this.database = database;
    this.inbox = new InboxStore(database);
    this.events = new EventLog(database);
    this.connections = new ConnectionStore(database);
    this.documents = new DocumentStore(database);
    this.coverage = new CoverageStore(database);
    this.pages = new PageSettling(database);
  }

  /** On disk once this returns. */
  Settled settle(Settlement settlement) {
    return database.together(work, settlement, PATIENCE);
  }

  /** In the order in which everybody takes locks: connections, inbox, documents, lines, log. */
  private List<Settled> settleAll(Handle tx, List<Settlement> settlements) {
    List<Settlement> decided = connections(tx, settlements);
    List<Settled> settled = new ArrayList<>();
    decided.forEach(settlement -> settled.add(rows(tx, settlement)));
    note(tx, decided, settled);
    // After live work: what that has just brought is newer than a page.
    for (int i = 0; i < settled.size(); i++) {
      if (decided.get(i).outcome() instanceof Outcome.Page page) {
        settled.set(i, pages.settle(tx, decided.get(i), page));
      }
    }
    for (int i : byLine(settlements)) {
      Settlement done = settlements.get(i);
      settled.set(i, settled.get(i).andMore(inbox.rest(tx, done.task().line(), done.at())));
    }
    events.appendAll(
        tx, settled.stream().map(Settled::logged).flatMap(Collection::stream).toList());
    return settled;
  }

  /** What the operator is given of documents, and that webhooks work. */
  private void note(Handle tx, List<Settlement> settlements, List<Settled> settled) {
    List<DocumentMark> marks = new ArrayList<>();
    List<CoverageStore.Seen> seen = new ArrayList<>();
    for (int i = 0; i < settled.size(); i++) {
      List<NewEvent> logged = settled.get(i).logged();
      Settlement settlement = settlements.get(i);
      if (!logged.isEmpty()) {
        marks.addAll(settlement.marks());
        logged.forEach(event -> seen.addAll(seen(event, settlement.at())));
      }
    }
    documents.logged(tx, marks);
    coverage.seen(tx, seen);
  }

  private static List<CoverageStore.Seen> seen(NewEvent event, Instant at) {
    String type = event.resourceType();
    return type == null
        ? List.of()
        : List.of(new CoverageStore.Seen(event.vendor(), event.userId(), type, at));
  }

  private List<Settlement> connections(Handle tx, List<Settlement> settlements) {
    List<Settlement> decided = new ArrayList<>(settlements);
    for (int i : byLine(settlements)) {
      decided.set(i, connection(tx, settlements.get(i)));
    }
    return decided;
  }

  /**
   * Their places in the order of their lines: two that hold the same connections or lines in
   * different orders would wait for each other.
   */
  private static List<Integer> byLine(List<Settlement> settlements) {
    return IntStream.range(0, settlements.size())
        .boxed()
        .sorted(Comparator.comparing(i -> settlements.get(i).task().line(), InboxLine.ONE_ORDER))
        .toList();
  }

  /** What concerns the connection; returns what is left to be done. */
  private Settlement connection(Handle tx, Settlement settlement) {
    InboxEntry entry = settlement.task().row().entry();
    String userId = entry.userId();
    if (userId == null) {
      return settlement;
    }
    return switch (settlement.outcome()) {
      case Outcome.Page page -> {
        // Whether it is still wanted is known by its walk, which ends with the connection.
        boolean _ =
            connections.pulled(tx, entry.vendor(), userId, page.generation(), settlement.at());
        yield settlement;
      }
      case Outcome.Deliver deliver ->
          isUnderItsGrant(tx, entry.vendor(), userId, deliver, settlement.at())
              ? settlement
              : judgedAgain(tx, settlement, userId);
      case Outcome.AwaitLink wait ->
          settlement.as(
              new Outcome.Wait(
                  until(tx, entry.vendor(), userId, wait, settlement.at()), wait.why()));
      default -> settlement;
    };
  }

  /** The usual case, for one statement. */
  private boolean isUnderItsGrant(
      Handle tx, VendorType vendor, String userId, Outcome.Deliver deliver, Instant at) {
    return deliver.fetched()
        ? connections.pulled(tx, vendor, userId, deliver.generation(), at)
        : connections.isUnder(tx, vendor, userId, deliver.generation());
  }

  /**
   * The connection ended, or was linked anew, during the attempt. What is logged after the event
   * that tells of the end would reach an operator who has wiped what there was.
   */
  private Settlement judgedAgain(Handle tx, Settlement settlement, String userId) {
    InboxEntry entry = settlement.task().row().entry();
    return StillWanted.no(entry, connections.find(tx, entry.vendor(), userId))
        .map(settlement::as)
        .orElse(settlement);
  }

  /**
   * A link that was stored or restored during the attempt has woken the row in vain: it was not
   * waiting yet.
   */
  private Instant until(
      Handle tx, VendorType vendor, String userId, Outcome.AwaitLink wait, Instant now) {
    Optional<StoredConnection> found = connections.find(tx, vendor, userId);
    if (found.filter(link -> link.generation() > wait.generation()).isPresent()) {
      return now;
    }
    // Not at once: the link is the one that was tried, so the same may come of it again.
    Instant soon = now.plus(LOOK_AGAIN);
    boolean active = found.filter(link -> link.status() == ConnectionStatus.ACTIVE).isPresent();
    return active && soon.isBefore(wait.until()) ? soon : wait.until();
  }

  /**
   * What concerns the rows. A commit that took too long for its worker, or another host, may have
   * settled the same task before: then this one counts for nothing.
   */
  private Settled rows(Handle tx, Settlement settlement) {
    return isFirst(tx, settlement) ? Settled.as(settlement.outcome()) : Settled.NOTHING;
  }

  private boolean isFirst(Handle tx, Settlement settlement) {
    InboxTask task = settlement.task();
    long id = task.row().id();
    return switch (settlement.outcome()) {
      case Outcome.Deliver _, Outcome.Drop _ -> inbox.close(tx, task);
      case Outcome.Assign assign -> inbox.assign(tx, task.row(), assign.users());
      case Outcome.Retry retry ->
          inbox.retry(tx, id, retry.at(), settlement.at(), retry.why(), true);
      case Outcome.Wait wait ->
          inbox.retry(tx, id, wait.until(), settlement.at(), wait.why(), false);
      case Outcome.Bury bury -> bury(tx, task, bury);
      // Known when it is its turn.
      case Outcome.Page _ -> false;
      case Outcome.AwaitLink _ ->
          throw new IllegalArgumentException("a row that waits for a link is a person's");
      case Outcome.Pause _ -> throw new IllegalArgumentException("a pause settles nothing");
    };
  }

  private boolean bury(Handle tx, InboxTask task, Outcome.Bury bury) {
    boolean waited = inbox.bury(tx, task.row().id(), bury.why());
    if (waited) {
      if (bury.shared()) {
        inbox.close(tx, task.merged());
      }
      if (task.row().entry().kind() == InboxKind.PAGE) {
        pages.buried(tx, task.row().id());
      }
    }
    return waited;
  }
}
