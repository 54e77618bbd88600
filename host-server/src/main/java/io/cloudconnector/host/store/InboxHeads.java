package io.cloudconnector.host.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Finds what may be worked off now: of each line its first row, or, past rows that have been
 * retried for over a minute, the first one of another resource. Who waits behind such a row of its
 * own resource steps aside along with it; else one document that cannot be fetched and changes
 * twice would hold up its whole line.
 */
final class InboxHeads {
  static final Duration STEPS_ASIDE_AFTER = Duration.ofMinutes(1);

  /**
   * The lines are hopped over in the index, so a line costs the same however many rows wait in it.
   * Within a line only the rows up to the first that does not step aside, its barrier, are looked
   * at; the barrier is worked out once per line and not once per row.
   */
  private static final String HEADS =
      """
      WITH RECURSIVE lines (line) AS (
        SELECT MIN(line) FROM inbox WHERE state = 'WAITING'
        UNION ALL
        SELECT (SELECT MIN(later.line) FROM inbox later
            WHERE later.state = 'WAITING' AND later.line > lines.line)
          FROM lines WHERE lines.line IS NOT NULL
      ),
      barriers (line, position) AS MATERIALIZED (
        SELECT lines.line, COALESCE(
            (SELECT barrier.position FROM inbox barrier
              WHERE barrier.state = 'WAITING' AND barrier.line = lines.line
                AND (barrier.first_tried_at IS NULL OR barrier.first_tried_at >= :aside)
                AND NOT EXISTS (
                  SELECT 1 FROM inbox aside
                    WHERE aside.state = 'WAITING' AND aside.line = barrier.line
                      AND aside.position < barrier.position AND aside.first_tried_at < :aside
                      AND aside.resource_type IS NOT DISTINCT FROM barrier.resource_type
                      AND aside.resource_id IS NOT DISTINCT FROM barrier.resource_id)
              ORDER BY barrier.position LIMIT 1),
            9223372036854775807)
          FROM lines WHERE lines.line IS NOT NULL
      )
      SELECT head.* FROM barriers JOIN inbox head ON head.id = (
          SELECT row.id FROM inbox row
            WHERE row.state = 'WAITING' AND row.line = barriers.line AND row.due_at <= :now
              AND row.position <= barriers.position
              AND NOT EXISTS (
                SELECT 1 FROM inbox earlier
                  WHERE earlier.state = 'WAITING' AND earlier.line = barriers.line
                    AND earlier.position < row.position
                    AND earlier.resource_type IS NOT DISTINCT FROM row.resource_type
                    AND earlier.resource_id IS NOT DISTINCT FROM row.resource_id)
            ORDER BY row.position LIMIT 1)
        ORDER BY head.due_at, head.position LIMIT :limit
      """;

  private static final String NEXT =
      """
      SELECT MIN(at_time) FROM (
        SELECT MIN(due_at) AS at_time FROM inbox WHERE state = 'WAITING' AND due_at > :now
        UNION ALL
        SELECT MIN(first_tried_at) + :minute + 1 FROM inbox
          WHERE state = 'WAITING' AND first_tried_at IS NOT NULL AND first_tried_at >= :aside
      ) AS times
      """;

  private InboxHeads() {}

  static List<InboxRow> find(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(HEADS)
        .bind("now", now.toEpochMilli())
        .bind("aside", now.minus(STEPS_ASIDE_AFTER).toEpochMilli())
        .bind("limit", limit)
        .map(InboxRows::row)
        .list();
  }

  static Optional<Instant> next(Handle handle, Instant now) {
    return handle
        .createQuery(NEXT)
        .bind("now", now.toEpochMilli())
        .bind("minute", STEPS_ASIDE_AFTER.toMillis())
        .bind("aside", now.minus(STEPS_ASIDE_AFTER).toEpochMilli())
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }
}
