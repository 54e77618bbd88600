package io.cloudconnector.host.sync;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.BackfillStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.LimitStore;
import io.cloudconnector.host.store.LinkStore;
import io.cloudconnector.host.store.QuarantineStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Clears away what has served its time. Safe to run on several hosts at once. */
public final class Housekeeping {
  /** How long is shown what became of a backfill. */
  private static final Duration BACKFILLS_KEPT = Duration.ofDays(90);

  /** Longer than any window of a vendor that does not run here. */
  private static final Duration FOREIGN_USES_KEPT = Duration.ofDays(366);

  private final Database database;
  private final InboxStore inbox;
  private final QuarantineStore quarantine;
  private final LimitStore limits;
  private final LinkStore links;
  private final BackfillStore backfills;
  private final Duration dedupeKept;
  private final Map<VendorType, Duration> usesKept;
  private final AuditLog audit;
  private final Duration auditKept;
  private final InstantSource clock;

  /**
   * Over all tables.
   *
   * @param dedupeKept how long at least a repeated notice is recognised as one
   * @param usesKept of each vendor that runs here, the longest window of its limits
   * @param auditKept how long it is kept who did what
   */
  public Housekeeping(
      Database database,
      Duration dedupeKept,
      Map<VendorType, Duration> usesKept,
      AuditLog audit,
      Duration auditKept,
      InstantSource clock) {
    this.database = database;
    this.inbox = new InboxStore(database);
    this.quarantine = new QuarantineStore(database);
    this.limits = new LimitStore(database);
    this.links = new LinkStore(database);
    this.backfills = new BackfillStore(database);
    this.dedupeKept = dedupeKept;
    this.usesKept = Map.copyOf(usesKept);
    this.audit = audit;
    this.auditKept = auditKept;
    this.clock = clock;
  }

  public void run() {
    Instant now = clock.instant();
    inbox.purgeDedupe(forgottenBefore(now.minus(dedupeKept)));
    database.execute(inbox::purgeBodies);
    Map<VendorType, Instant> unused = new HashMap<>();
    usesKept.forEach((vendor, kept) -> unused.put(vendor, now.minus(kept)));
    database.execute(tx -> limits.purge(tx, unused, now.minus(FOREIGN_USES_KEPT)));
    links.purge(now);
    database.execute(tx -> backfills.purge(tx, now.minus(BACKFILLS_KEPT)));
    audit.purge(now.minus(auditKept));
  }

  /** A replay of what is in quarantine must still know what was taken of it when it came. */
  private Instant forgottenBefore(Instant old) {
    return quarantine.oldest().filter(old::isAfter).orElse(old);
  }
}
