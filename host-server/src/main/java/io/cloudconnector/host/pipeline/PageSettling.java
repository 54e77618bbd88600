package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DocumentMark;
import io.cloudconnector.host.store.DocumentStore;
import io.cloudconnector.host.store.HistoryCounts;
import io.cloudconnector.host.store.HistoryPlace;
import io.cloudconnector.host.store.HistoryWalk;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.PageRows;
import io.cloudconnector.host.store.ReconciliationStore;
import io.cloudconnector.host.store.WalkStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes down a page of history: what is new of it, and where to go on, so that a run which is
 * killed goes on from there.
 */
final class PageSettling {
  private final InboxStore inbox;
  private final PageRows rows;
  private final WalkStore walks;
  private final DocumentStore documents;
  private final ReconciliationStore reconciliation;
  private final NewDocuments news;

  PageSettling(Database database) {
    this.inbox = new InboxStore(database);
    this.rows = new PageRows(database);
    this.walks = new WalkStore(database);
    this.documents = new DocumentStore(database);
    this.reconciliation = new ReconciliationStore(database);
    this.news = new NewDocuments(database);
  }

  /** A page that was settled before, or whose walk has ended, counts for nothing. */
  Settled settle(Handle tx, Settlement settlement, Outcome.Page page) {
    Optional<HistoryWalk> held =
        rows.goOn(tx, settlement.task().row().id(), settlement.at())
            ? walks.hold(tx, settlement.task().row().id())
            : Optional.empty();
    long before = page.walk().counts().pages();
    return held.filter(walk -> walk.counts().pages() == before)
        .map(walk -> settle(tx, settlement, page, walk))
        .orElse(Settled.NOTHING);
  }

  private Settled settle(Handle tx, Settlement settlement, Outcome.Page page, HistoryWalk walk) {
    NewDocuments.Found found = news.in(tx, page, settlement.at());
    List<NewEvent> logged = new ArrayList<>();
    List<DocumentMark> marks = new ArrayList<>();
    for (PageDocument document : found.documents()) {
      logged.add(document.event());
      marks.add(NewDocuments.mark(document, settlement.at()));
    }
    documents.logged(tx, marks);
    HistoryCounts counts = walk.counts().plus(found.counts());
    long missed = missed(tx, walk, page, logged.size(), settlement.at());
    Optional<HistoryPlace> next = page.next();
    if (next.isPresent()) {
      walks.advance(tx, walk.rowId(), next.get(), counts);
    } else {
      finish(tx, settlement, walk, counts).ifPresent(logged::add);
    }
    return new Settled(false, Optional.of(page), logged, missed);
  }

  /** What a backfill has still to bring, no webhook has missed. */
  private long missed(Handle tx, HistoryWalk walk, Outcome.Page page, int events, Instant now) {
    if (walk.backfillId() != null || events == 0) {
      return 0;
    }
    long missed = page.told() && !walks.isBackfilling(tx, walk) ? events : 0;
    reconciliation.found(tx, walk, missed, now);
    return missed;
  }

  /** Returns what the operator is told of it. */
  private Optional<NewEvent> finish(
      Handle tx, Settlement settlement, HistoryWalk walk, HistoryCounts counts) {
    inbox.close(tx, settlement.task());
    if (walk.backfillId() == null) {
      reconciliation.reached(tx, walk);
      walks.remove(tx, walk.rowId());
      return Optional.empty();
    }
    walks.finish(tx, walk.rowId(), counts, settlement.at());
    return Optional.of(
        BackfillEvents.completed(settlement.task().row(), walk, counts, settlement.at()));
  }

  /** It was given up. */
  void buried(Handle tx, long rowId) {
    walks.restartSlice(tx, rowId);
  }
}
