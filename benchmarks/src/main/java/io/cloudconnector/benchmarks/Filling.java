package io.cloudconnector.benchmarks;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Dialect;
import org.jdbi.v3.core.Handle;

/**
 * Puts into the tables what months of service, or a long silence of a vendor, would have put there:
 * by SQL, because through the host it would take hours.
 */
final class Filling {
  private static final int STEP = 100_000;

  private final Database database;

  Filling(Database database) {
    this.database = database;
  }

  /** Events of the past, and the dedupe keys they left. */
  void log(int count) {
    inSteps(
        count,
        (tx, from, step) -> {
          insert(
              tx,
              from,
              step,
              """
              INSERT INTO event_log (id, type, vendor, user_id, subject, resource_type, resource_id,
                  trace_id, lane, written_at, media_type, data, attributes)
                WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                SELECT %s || i, 'data.updated', 'whoop', 'person-' || (i %% 1000), 'sleep', 'sleep',
                    'sleep-' || i, 'old-' || i, 'live', %d, 'application/json', %s, '{}'
                  FROM n
              """
                  .formatted(random(), System.currentTimeMillis(), document()));
          insert(
              tx,
              from,
              step,
              """
              INSERT INTO dedupe (vendor, dedupe_key, seen_at)
                WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                SELECT 'whoop', %s || i, %d FROM n
              """
                  .formatted(random(), System.currentTimeMillis()));
        });
    tidy();
  }

  /** Accepted webhooks that nobody has worked on, spread over people. */
  void inbox(int count, int people, SignedWebhooks webhooks) {
    long first = webhooks.skip(count);
    inSteps(
        count,
        (tx, from, step) -> {
          long now = System.currentTimeMillis();
          insert(
              tx,
              first + from,
              step,
              """
              INSERT INTO inbox (line, vendor, account_id, user_id, lane, kind, resource_type,
                  resource_id, vendor_event_type, trace_id, dedupe_key, attributes, received_at,
                  due_at, attempts, state, body)
                WITH RECURSIVE n (i) AS (SELECT CAST(? AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < ?)
                SELECT 'whoop:user:person-' || (i %% %d), 'whoop', %d + (i %% %d),
                    'person-' || (i %% %d), 'live', 'CHANGED', 'sleep',
                    '5eed0000-0000-4000-8000-' || %s,
                    'sleep.updated', 'trace-' || i, %s || i, '{}', %d, %d, 0, 'WAITING', %s
                  FROM n
              """
                  .formatted(
                      people,
                      SignedWebhooks.FIRST_ACCOUNT,
                      people,
                      people,
                      hex(),
                      random(),
                      now,
                      now,
                      body()));
        });
    database.execute(
        tx ->
            tx.execute(
                """
                INSERT INTO inbox_line (line, lane, vendor, due_at)
                  SELECT line, lane, vendor, MIN(due_at) FROM inbox GROUP BY line, lane, vendor
                """));
    tidy();
  }

  private interface Step {
    void run(Handle tx, long from, int count);
  }

  private void inSteps(int count, Step step) {
    for (int from = 0; from < count; from += STEP) {
      int start = from;
      database.execute(tx -> step.run(tx, start, Math.min(STEP, count - start)));
    }
  }

  private static void insert(Handle tx, long from, int count, String sql) {
    tx.execute(sql, from, from + count - 1);
  }

  private boolean isSqlite() {
    return database.dialect() == Dialect.SQLITE;
  }

  /** Ids of events and dedupe keys are hashes, so they go all over their indexes. */
  private String random() {
    return isSqlite() ? "lower(hex(randomblob(16)))" : "md5(random()::text)";
  }

  /** The last twelve digits of a sleep's id. */
  private String hex() {
    return isSqlite() ? "printf('%012x', i)" : "lpad(to_hex(i), 12, '0')";
  }

  private String document() {
    return isSqlite() ? "zeroblob(900)" : "decode(repeat('7b', 900), 'hex')";
  }

  private String body() {
    return isSqlite() ? "zeroblob(120)" : "decode(repeat('7b', 120), 'hex')";
  }

  /** As some time of service would leave it; SQLite needs no such care. */
  private void tidy() {
    if (!isSqlite()) {
      database.read(handle -> handle.execute("VACUUM ANALYZE"));
    }
  }
}
