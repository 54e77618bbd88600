package io.cloudconnector.host.sync;

import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.BackfillStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.LimitStore;
import io.cloudconnector.host.store.LinkStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Clears away what has served its time. Safe to run on several hosts at once. */
public final class Housekeeping {
  /** How long is shown what became of a backfill. */
  private static final Duration BACKFILLS_KEPT = Duration.ofDays(90);

  private final Database database;
  private final InboxStore inbox;
  private final LimitStore limits;
  private final LinkStore links;
  private final BackfillStore backfills;
  private final Duration dedupeKept;
  private final Duration usesKept;
  private final AuditLog audit;
  private final Duration auditKept;
  private final InstantSource clock;

  /**
   * Over all tables.
   *
   * @param dedupeKept how long a repeated notice is recognised as one
   * @param usesKept the longest window of any limit
   * @param auditKept how long it is kept who did what
   */
  public Housekeeping(
      Database database,
      Duration dedupeKept,
      Duration usesKept,
      AuditLog audit,
      Duration auditKept,
      InstantSource clock) {
    this.database = database;
    this.inbox = new InboxStore(database);
    this.limits = new LimitStore(database);
    this.links = new LinkStore(database);
    this.backfills = new BackfillStore(database);
    this.dedupeKept = dedupeKept;
    this.usesKept = usesKept;
    this.audit = audit;
    this.auditKept = auditKept;
    this.clock = clock;
  }

  public void run() {
    Instant now = clock.instant();
    database.execute(tx -> inbox.purgeDedupe(tx, now.minus(dedupeKept)));
    database.execute(inbox::purgeBodies);
    database.execute(tx -> limits.purge(tx, now.minus(usesKept)));
    links.purge(now);
    database.execute(tx -> backfills.purge(tx, now.minus(BACKFILLS_KEPT)));
    audit.purge(now.minus(auditKept));
  }
}
