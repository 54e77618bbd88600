package io.cloudconnector.host.link;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DeathStore;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.RefreshStop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people who leave from a vendor at fault: when many links of a vendor would die at once,
 * none does, and nothing is refreshed there until one that is tried succeeds. Counted in the
 * database, over all hosts and restarts. Thread-safe.
 *
 * <p>Nobody is to be asked to link again for a fault of the vendor's, so a death is believed only
 * once it cannot be one of many: at once where a vendor has so few links that it never is; after a
 * few seconds where it stays alone; else when the ten minutes are over. Until then the vendor is
 * asked once more, and the link is as it was.
 */
public final class MassDeathBrake {
  private static final Logger log = LoggerFactory.getLogger(MassDeathBrake.class);

  private static final Duration WINDOW = Duration.ofMinutes(10);

  /** More than so many, and more than one in so many, are a fault. */
  private static final int FEW = 5;

  private static final int ONE_IN = 10;

  /** Links that die of one cause and are used die within seconds of each other. */
  private static final Duration ALONE = Duration.ofSeconds(10);

  private static final Duration FIRST_TRIAL = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  private final Database database;
  private final DeathStore deaths;
  private final ConnectionStore connections;
  private final InboxStore inbox;
  private final EventLog events;
  private final AuditLog audit;
  private final InstantSource clock;

  public MassDeathBrake(Database database, InstantSource clock) {
    this.database = database;
    this.deaths = new DeathStore(database);
    this.connections = new ConnectionStore(database);
    this.inbox = new InboxStore(database);
    this.events = new EventLog(database);
    this.audit = new AuditLog(database, clock);
    this.clock = clock;
  }

  /** Whether a vendor may be asked. */
  sealed interface Gate {
    record Open() implements Gate {}

    /** Only by the one who got this. */
    record Trial() implements Gate {}

    record Shut(String why, Instant until) implements Gate {}
  }

  /** Asks for one refresh of a grant that needs it. */
  Gate gate(Handle tx, VendorType vendor, Instant now) {
    Optional<RefreshStop> found = deaths.stopped(tx, vendor);
    if (found.isEmpty()) {
      return new Gate.Open();
    }
    RefreshStop stop = found.get();
    // A trial that is further away than any pause was set by a clock that was wrong.
    boolean due = !stop.trialAt().isAfter(now) || stop.trialAt().isAfter(now.plus(LONGEST_PAUSE));
    Instant next = now.plus(pause(stop.trials() + 1));
    return due && deaths.takeTrial(tx, vendor, stop, next)
        ? new Gate.Trial()
        : new Gate.Shut(stop.why(), due ? next : stop.trialAt());
  }

  private static Duration pause(int trials) {
    long doubled = FIRST_TRIAL.toMillis() << Math.min(trials, 10);
    return Duration.ofMillis(Math.min(doubled, LONGEST_PAUSE.toMillis()));
  }

  /** What is to be made of a vendor's word that a grant is over. */
  sealed interface Verdict {
    record Believed() implements Verdict {}

    /** The link stays as it is, and the vendor is asked again then. */
    record Doubted(String why, Instant until) implements Verdict {}
  }

  /** Judges deaths of a vendor one after another; called before anything is read. */
  void oneByOne(Handle tx, VendorType vendor) {
    deaths.oneByOne(tx, vendor);
  }

  /** Judges the death of a link that is active. */
  Verdict weigh(Handle tx, Grant grant) {
    Instant now = clock.instant();
    Instant diedAt = deaths.died(tx, grant.vendor(), grant.userId(), grant.generation(), now);
    Optional<RefreshStop> stop = deaths.stopped(tx, grant.vendor());
    if (stop.isPresent()) {
      return new Verdict.Doubted(stop.get().why(), later(stop.get().trialAt(), now));
    }
    Instant since = now.minus(WINDOW);
    int dead = deaths.deadSince(tx, grant.vendor(), since);
    int links = deaths.linksBut(tx, grant.vendor(), since);
    if (dead > FEW && dead * ONE_IN > links) {
      String why = "the vendor calls %d of %d links dead within ten minutes".formatted(dead, links);
      return new Verdict.Doubted(why, engage(tx, grant.vendor(), why, since, now));
    }
    // Where tokens last a day few links are asked about within minutes, be the vendor at fault or
    // not.
    Instant renewed = deaths.lastGiven(tx, grant.vendor());
    int inARow = deaths.deadSince(tx, grant.vendor(), renewed);
    if (inARow > FEW) {
      String why = "the vendor calls %d links dead and has renewed none since".formatted(inARow);
      return new Verdict.Doubted(why, engage(tx, grant.vendor(), why, renewed, now));
    }
    Instant sure = diedAt.plus(dead <= 1 ? ALONE : WINDOW);
    return links <= FEW || !sure.isAfter(now)
        ? new Verdict.Believed()
        : new Verdict.Doubted(
            "the vendor calls the grant over; it is asked once more before the person is", sure);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** The vendor refuses our application: that is nobody's grant. Returns when one link is tried. */
  Instant refuseClient(VendorType vendor, String code) {
    return database.write(tx -> refuseClient(tx, vendor, code));
  }

  private Instant refuseClient(Handle tx, VendorType vendor, String code) {
    deaths.oneByOne(tx, vendor);
    Instant now = clock.instant();
    return deaths
        .stopped(tx, vendor)
        .map(stop -> later(stop.trialAt(), now))
        .orElseGet(
            // Nobody who was called dead was so by this.
            () ->
                engage(tx, vendor, "the vendor refuses our application (" + code + ")", now, now));
  }

  private Instant engage(
      Handle tx, VendorType vendor, String why, Instant reviveSince, Instant now) {
    Instant trialAt = now.plus(FIRST_TRIAL);
    int revived = revive(tx, vendor, reviveSince, now);
    if (deaths.stop(tx, vendor, why, now, trialAt)) {
      tx.afterCommit(
          () ->
              log.atError()
                  .addKeyValue("vendor", vendor)
                  .log(
                      "No token is refreshed any more, since {}: the fault is the vendor's or ours."
                          + " All its links stay active, {} of them that had just been ended again;"
                          + " one is tried at {}, and the rest goes on when it succeeds or you say"
                          + " so (POST /v1/connectors/{}/refreshes/resume)",
                      why,
                      revived,
                      trialAt,
                      vendor));
    }
    return trialAt;
  }

  /** Those who died first did so before anybody could know. */
  private int revive(Handle tx, VendorType vendor, Instant since, Instant now) {
    List<String> revived = deaths.reviveSince(tx, vendor, since);
    revived.forEach(userId -> inbox.wake(tx, vendor, userId, now));
    for (String userId : revived) {
      events.append(
          tx, ConnectionEvents.restored(connections.find(tx, vendor, userId).orElseThrow(), now));
    }
    return revived.size();
  }

  /**
   * Lets refreshes of a vendor go on; false when they were not stopped. Whoever is called dead
   * again after somebody has looked is so: many do leave at once now and then.
   */
  public boolean resume(Actor by, VendorType vendor) {
    return database.write(
        tx -> {
          boolean resumed = resume(tx, vendor, "as " + by.key() + " asked", true);
          if (resumed) {
            audit.add(tx, Deed.of(by, Action.REFRESHES_RESUMED).at(vendor));
          }
          return resumed;
        });
  }

  /** A link that was tried could be refreshed. */
  void resume(Handle tx, VendorType vendor) {
    var _ = resume(tx, vendor, "a link that was tried could be refreshed", false);
  }

  private boolean resume(Handle tx, VendorType vendor, String why, boolean believed) {
    boolean resumed = deaths.resume(tx, vendor, believed);
    if (resumed) {
      tx.afterCommit(
          () ->
              log.atInfo()
                  .addKeyValue("vendor", vendor)
                  .log("Tokens are refreshed again: {}", why));
    }
    return resumed;
  }

  /** Whether nothing is refreshed at a vendor. */
  public boolean isStopped(VendorType vendor) {
    return deaths.stopped(vendor).isPresent();
  }
}
