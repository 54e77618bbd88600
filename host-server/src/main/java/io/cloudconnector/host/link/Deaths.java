package io.cloudconnector.host.link;

import io.cloudconnector.core.Masked;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DeathStore;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.RefreshDoubt;
import io.cloudconnector.host.store.StoredConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Believes a vendor's word that a grant is over, or holds it back. Thread-safe. */
final class Deaths {
  private static final Logger log = LoggerFactory.getLogger(Deaths.class);

  private final Database database;
  private final ConnectionStore connections;
  private final DeathStore deaths;
  private final EventLog events;
  private final AuditLog audit;
  private final RefreshLeases leases;
  private final MassDeathBrake brake;
  private final Metrics metrics;
  private final InstantSource clock;

  Deaths(
      Database database,
      RefreshLeases leases,
      MassDeathBrake brake,
      Metrics metrics,
      InstantSource clock) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.deaths = new DeathStore(database);
    this.events = new EventLog(database);
    this.audit = new AuditLog(database, clock);
    this.leases = leases;
    this.brake = brake;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * What the operator is told.
   *
   * @param detail in words, where something was lost
   */
  private record Cause(String reason, Optional<String> detail) {
    static Cause of(String word, @Nullable RefreshDoubt doubt) {
      return switch (doubt) {
        case null -> new Cause(word, Optional.empty());
        case STOPPED ->
            lost(
                "lost_when_stopped",
                "the host was stopped between the vendor's renewal of the tokens and our storing"
                    + " them",
                word);
        case UNANSWERED ->
            lost(
                "lost_on_the_way",
                "the vendor was asked to renew the tokens and its answer never came whole",
                word);
      };
    }

    private static Cause lost(String reason, String how, String word) {
      return new Cause(reason, Optional.of(how + "; it takes the old ones no more: " + word));
    }

    String words() {
      return detail.orElse(reason);
    }
  }

  /**
   * Empty when what was said is about credentials that are not stored any more, or somebody else
   * has taken the grant over and judges.
   *
   * @param asked whether the vendor said so; else the connector knew by itself that there is no
   *     way, which is nobody's fault and not one of many
   * @param unread answers that were not understood, and are kept for as long as this is not
   *     believed
   */
  Optional<RefreshOutcome> judge(
      RefreshLease lease, String word, boolean asked, List<KeptReply> unread) {
    Cause cause = Cause.of(Masked.words(word), lease.doubt());
    Optional<MassDeathBrake.Verdict> verdict =
        database.write(tx -> judge(tx, lease, cause, asked, unread));
    if (verdict.isEmpty()) {
      leases.forget(lease);
      return Optional.empty();
    }
    return Optional.of(
        switch (verdict.get()) {
          case MassDeathBrake.Verdict.Believed _ -> told(lease.stored(), cause);
          case MassDeathBrake.Verdict.Doubted doubted -> heldBack(lease.stored(), doubted);
        });
  }

  private Optional<MassDeathBrake.Verdict> judge(
      Handle tx, RefreshLease lease, Cause cause, boolean asked, List<KeptReply> unread) {
    StoredConnection stored = lease.stored();
    brake.oneByOne(tx, stored.vendor());
    if (!RefreshLeases.isUnchanged(connections.find(tx, stored.vendor(), stored.userId()), lease)
        || !leases.isHeldStill(tx, lease)) {
      return Optional.empty();
    }
    // What our own stop has cost is lost, and says nothing about the vendor.
    boolean vendors = asked && lease.doubt() != RefreshDoubt.STOPPED;
    MassDeathBrake.Verdict verdict =
        vendors ? brake.weigh(tx, lease.grant()) : new MassDeathBrake.Verdict.Believed();
    switch (verdict) {
      case MassDeathBrake.Verdict.Believed _ -> bury(tx, stored, cause);
      case MassDeathBrake.Verdict.Doubted held ->
          leases.later(
              tx, lease, lease.failures(), held.until(), held.why(), lease.doubt(), unread);
    }
    return Optional.of(verdict);
  }

  private void bury(Handle tx, StoredConnection asked, Cause cause) {
    connections.requireReauthorization(
        tx, asked.vendor(), asked.userId(), asked.generation(), asked.credentialsVersion());
    audit.add(
        tx,
        Deed.of(Actor.HOST, Action.REAUTHORIZATION_REQUIRED)
            .at(asked.vendor())
            .about(asked.userId())
            .with("reason", cause.reason()));
    deaths.buried(tx, asked.vendor(), asked.userId(), clock.instant());
    events.append(
        tx,
        ConnectionEvents.reauthorizationRequired(
            asked, cause.reason(), cause.detail(), clock.instant()));
  }

  private RefreshOutcome told(StoredConnection asked, Cause cause) {
    metrics.refreshed(asked.vendor(), Metrics.Refresh.DEAD);
    log.atWarn()
        .addKeyValue("vendor", asked.vendor())
        .addKeyValue("user_id", asked.userId())
        .log(
            "The grant has ended ({}); the person has to link again, and events wait until then",
            cause.words());
    return new RefreshOutcome.Dead(cause.reason());
  }

  private RefreshOutcome heldBack(StoredConnection asked, MassDeathBrake.Verdict.Doubted held) {
    metrics.refreshed(asked.vendor(), Metrics.Refresh.DOUBTED);
    log.atInfo()
        .addKeyValue("vendor", asked.vendor())
        .addKeyValue("user_id", asked.userId())
        .log(
            "The vendor calls the grant over, and that is not believed yet: {}; nothing is asked"
                + " before {}",
            held.why(),
            held.until());
    return new RefreshOutcome.Later(held.why(), held.until());
  }
}
