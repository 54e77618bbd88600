package io.cloudconnector.host.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What must be known of a row to find its turn. */
record WaitingRow(
    long id,
    long position,
    String accountId,
    InboxKind kind,
    InboxResource resource,
    Instant dueAt,
    @Nullable Instant firstTriedAt) {
  private static final Duration STEPS_ASIDE_AFTER = Duration.ofMinutes(1);

  static final String COLUMNS =
      "id, position, account_id, kind, resource_type, resource_id, resource_from, resource_to, hint, due_at,"
          + " first_tried_at";

  static WaitingRow read(ResultSet row) throws SQLException {
    return new WaitingRow(
        row.getLong("id"),
        row.getLong("position"),
        row.getString("account_id"),
        InboxKind.valueOf(row.getString("kind")),
        InboxRows.resource(row),
        Columns.time(row, "due_at"),
        Columns.timeOrNull(row, "first_tried_at"));
  }

  boolean isDue(Instant now) {
    return !dueAt.isAfter(now);
  }

  /** Whether it has been retried for so long that others may pass. */
  boolean stepsAside(Instant now) {
    return firstTriedAt != null && firstTriedAt.plus(STEPS_ASIDE_AFTER).isBefore(now);
  }

  /** When its line should be looked at again as long as it stands in the way. */
  Instant blocksUntil() {
    return firstTriedAt == null
        ? dueAt
        : earlier(dueAt, firstTriedAt.plus(STEPS_ASIDE_AFTER).plusMillis(1));
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Whether one fetch answers both: of two accounts, one may have been unlinked since. */
  boolean asksTheSameAs(WaitingRow other) {
    return resource.equals(other.resource) && accountId.equals(other.accountId);
  }

  /** Which document, or which collection, whatever the span of it. */
  InboxResource about() {
    return new InboxResource(resource.type(), resource.id(), null, null, null);
  }
}
