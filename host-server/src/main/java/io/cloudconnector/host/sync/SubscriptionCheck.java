package io.cloudconnector.host.sync;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.core.Masked;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.SubscriptionFinding;
import io.cloudconnector.host.store.SubscriptionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a connector make what its vendor has equal to what is wanted, and stores what came of it. The
 * database is not held meanwhile: the vendor may call us, here or at another host, before it
 * answers. Thread-safe.
 */
final class SubscriptionCheck {
  private static final Logger log = LoggerFactory.getLogger(SubscriptionCheck.class);

  /** Dozens of calls, each with its own deadline; who needs more is caught in something. */
  static final Times USUAL = new Times(Duration.ofSeconds(10), Duration.ofMinutes(15));

  private final SubscriptionStore store;
  private final SubscriptionClaims claims;
  private final SubscriptionNews news;
  private final InstantSource clock;
  private final Times times;

  /**
   * How long things take.
   *
   * @param beat how often the right to check is renewed
   * @param longest when a connector that has not come back is given up
   */
  record Times(Duration beat, Duration longest) {}

  SubscriptionCheck(
      Database database, SubscriptionClaims claims, InstantSource clock, Times times) {
    this.store = new SubscriptionStore(database);
    this.claims = claims;
    this.news = new SubscriptionNews();
    this.clock = clock;
    this.times = times;
  }

  /** Makes one; an interrupt breaks it off, and leaves it to whoever comes next. */
  void run(SubscribedVendor vendor, SubscriptionClaim claim) {
    FutureTask<SubscriptionResult> call =
        new FutureTask<>(() -> vendor.role().reconcile(vendor.wanted()));
    Thread.ofVirtual().name("subscriptions at " + vendor.vendor()).start(call);
    try {
      found(vendor, claim, await(call, vendor, claim));
    } catch (ExecutionException e) {
      failed(vendor, claim, Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException _) {
      failed(
          vendor,
          claim,
          new ConnectorException("the connector has not come back within " + times.longest()));
    } catch (ClaimLostException e) {
      log.atWarn()
          .addKeyValue("vendor", vendor.vendor())
          .log("Another host has taken over the check of the webhook subscriptions");
    } catch (InterruptedException _) {
      call.cancel(true);
      // The interrupt is spent by now: the database would refuse an interrupted thread.
      store.release(vendor.vendor(), claim.holder());
    } finally {
      call.cancel(true);
    }
  }

  private SubscriptionResult await(
      FutureTask<SubscriptionResult> call, SubscribedVendor vendor, SubscriptionClaim claim)
      throws ExecutionException, TimeoutException, InterruptedException {
    long began = System.nanoTime();
    while (true) {
      try {
        return call.get(times.beat().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - began > times.longest().toNanos()) {
          throw e;
        }
        if (!isStillOurs(vendor, claim)) {
          throw new ClaimLostException();
        }
      }
    }
  }

  private boolean isStillOurs(SubscribedVendor vendor, SubscriptionClaim claim) {
    try {
      return claims.renew(vendor, claim);
    } catch (DatabaseException e) {
      log.atWarn()
          .addKeyValue("vendor", vendor.vendor())
          .log(
              "The hold on a check of webhook subscriptions cannot be renewed: {}; unless it soon"
                  + " can, another host may make one too",
              e.getMessage());
      return true;
    }
  }

  private void found(SubscribedVendor vendor, SubscriptionClaim claim, SubscriptionResult result) {
    Instant now = clock.instant();
    SubscriptionFinding finding;
    boolean stored;
    try {
      finding = SubscriptionFindings.of(result, now);
      Instant next = SubscriptionPauses.next(again(result, now), now);
      stored =
          store.found(vendor.vendor(), claim.holder(), vendor.fingerprint(), finding, now, next);
    } catch (RuntimeException e) {
      // What the vendor says may be nothing that a database takes.
      failed(vendor, claim, e);
      return;
    }
    if (stored) {
      news.found(vendor, finding);
    }
  }

  private static Instant again(SubscriptionResult result, Instant now) {
    return result instanceof SubscriptionResult.UpToDate upToDate
        ? upToDate.checkAgainAt()
        : now.plus(SubscriptionPauses.DAILY);
  }

  private void failed(SubscribedVendor vendor, SubscriptionClaim claim, Throwable fault) {
    Instant now = clock.instant();
    Instant next = now.plus(SubscriptionPauses.after(claim.failures() + 1, fault));
    String why = Masked.told(fault);
    if (store.failed(vendor.vendor(), claim.holder(), vendor.fingerprint(), why, now, next)) {
      news.failed(vendor, why, next);
    }
  }

  private static final class ClaimLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
