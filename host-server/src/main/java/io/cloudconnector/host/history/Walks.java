package io.cloudconnector.host.history;

import io.cloudconnector.api.ResourceType;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.HistoryCounts;
import io.cloudconnector.host.store.HistoryWalk;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxKind;
import io.cloudconnector.host.store.InboxResource;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.PageRows;
import io.cloudconnector.host.store.StoredConnection;
import io.cloudconnector.host.store.WalkStore;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Puts walks through a person's history into the inbox, where the pipeline does them. */
final class Walks {
  private final PageRows rows;
  private final WalkStore walks;

  Walks(Database database) {
    this.rows = new PageRows(database);
    this.walks = new WalkStore(database);
  }

  /**
   * Begins one.
   *
   * @param backfillId what it is part of; null where it looks for what webhooks missed
   * @return the row that does it
   */
  long begin(
      Handle tx,
      StoredConnection connection,
      ResourceType type,
      Instant from,
      Instant to,
      @Nullable String backfillId,
      Instant now) {
    Lane lane = backfillId == null ? Lane.RECONCILE : Lane.BACKFILL;
    long row = rows.add(tx, entry(connection, type, from, to, lane, now));
    walks.add(
        tx,
        new HistoryWalk(
            row,
            backfillId,
            connection.vendor(),
            connection.userId(),
            type.name(),
            from,
            to,
            Slices.newest(type, from, to),
            HistoryCounts.NONE));
    return row;
  }

  private static InboxEntry entry(
      StoredConnection connection,
      ResourceType type,
      Instant from,
      Instant to,
      Lane lane,
      Instant now) {
    return new InboxEntry(
        connection.vendor(),
        connection.accountIds().stream().sorted().findFirst().orElse(""),
        connection.userId(),
        lane,
        InboxKind.PAGE,
        new InboxResource(type.name(), null, from.toString(), to.toString(), null),
        null,
        null,
        lane.word(),
        UUID.randomUUID().toString(),
        null,
        Map.of(),
        now);
  }
}
