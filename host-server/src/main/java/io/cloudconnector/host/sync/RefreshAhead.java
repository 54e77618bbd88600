package io.cloudconnector.host.sync;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.VendorUnavailableException;
import io.cloudconnector.host.link.RefreshLaterException;
import io.cloudconnector.host.link.TokenKeeper;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.ConnectionStatus;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.DueRefresh;
import io.cloudconnector.host.store.RefreshStore;
import io.cloudconnector.host.store.RefreshTime;
import io.cloudconnector.host.store.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes tokens before they end, and goes on with refreshes that a host left when it died. When
 * each link is due was decided when its tokens came, a little differently for each. Run by a
 * schedule and never keeps it waiting; safe on several hosts, since each refresh is.
 */
public final class RefreshAhead {
  private static final Logger log = LoggerFactory.getLogger(RefreshAhead.class);

  /** Refreshes under way at one vendor; callers who need theirs do not wait for these. */
  private static final int AT_ONCE = 8;

  private static final int BATCH = 400;

  /** A link from which nothing was fetched for so long is only kept from lapsing. */
  private static final Duration IDLE = Duration.ofDays(3);

  private final RunningConnectors connectors;
  private final TokenKeeper tokens;
  private final ConnectionStore connections;
  private final RefreshStore refreshes;
  private final InstantSource clock;
  private final Set<VendorType> busy = ConcurrentHashMap.newKeySet();

  public RefreshAhead(
      Database database, RunningConnectors connectors, TokenKeeper tokens, InstantSource clock) {
    this.connectors = connectors;
    this.tokens = tokens;
    this.connections = new ConnectionStore(database);
    this.refreshes = new RefreshStore(database);
    this.clock = clock;
  }

  /** Begins what is due, unless what was due before is not done yet. */
  public void run() {
    refreshes.forgetEnded(clock.instant());
    for (RunningConnector connector : connectors.all()) {
      if (busy.add(connector.vendor())) {
        Thread.ofVirtual()
            .name("refresh ahead " + connector.vendor())
            .start(() -> refreshDue(connector));
      }
    }
  }

  private void refreshDue(RunningConnector connector) {
    try {
      List<DueRefresh> due =
          new ArrayList<>(refreshes.due(connector.vendor(), clock.instant(), BATCH));
      if (!due.isEmpty()) {
        refreshAll(connector, due);
      }
    } catch (DatabaseException e) {
      log.atDebug().setCause(e).log("What is to be refreshed cannot be looked up now");
    } finally {
      busy.remove(connector.vendor());
    }
  }

  private void refreshAll(RunningConnector connector, List<DueRefresh> due) {
    // Where refreshes are stopped only the first is tried, and should not always be the same.
    Collections.shuffle(due);
    AtomicBoolean absent = new AtomicBoolean();
    ThreadFactory threads = Thread.ofVirtual().name("refresh ahead", 0).factory();
    try (ExecutorService places = Executors.newFixedThreadPool(AT_ONCE, threads)) {
      for (DueRefresh one : due) {
        places.execute(
            () -> {
              if (!absent.get()) {
                refresh(connector, one, absent);
              }
            });
      }
    }
  }

  private void refresh(RunningConnector connector, DueRefresh due, AtomicBoolean absent) {
    try {
      connections
          .find(connector.vendor(), due.userId())
          .filter(found -> found.status() == ConnectionStatus.ACTIVE)
          .filter(found -> found.credentialsVersion() == due.credentialsVersion())
          .ifPresent(found -> refresh(connector, found));
    } catch (VendorUnavailableException e) {
      absent.set(true);
    } catch (RefreshLaterException | DatabaseException e) {
      // Told where it was found out; this link is due again when it is worth it.
      log.atTrace().log("A refresh ahead of time waits: {}", e.getMessage());
    } catch (ConnectorException e) {
      log.atDebug()
          .addKeyValue("vendor", connector.vendor())
          .addKeyValue("user_id", due.userId())
          .log("A refresh ahead of time brought nothing: {}", Masked.told(e));
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("vendor", connector.vendor())
          .addKeyValue("user_id", due.userId())
          .setCause(e)
          .log("A refresh ahead of time failed; it is tried again");
    }
  }

  private void refresh(RunningConnector connector, StoredConnection found) {
    Instant now = clock.instant();
    if (isIdle(found, now)
        && !hasEnded(found, now)
        && putOff(found, RefreshTime.beforeLapse(now, found.refreshUntil()).orElse(null))) {
      return;
    }
    try {
      tokens.refreshAhead(connector, found);
    } catch (TokenException e) {
      // It ended, or cannot be renewed: the next who needs it finds out what that means.
      putOff(found, null);
    }
  }

  /** Whether it was put off once already: then it is the refresh token that is about to lapse. */
  private static boolean hasEnded(StoredConnection found, Instant now) {
    Instant end = found.accessUntil();
    return end == null || !end.isAfter(now);
  }

  private static boolean isIdle(StoredConnection found, Instant now) {
    Instant pulled = found.lastPullAt();
    Instant used = pulled == null || pulled.isBefore(found.linkedAt()) ? found.linkedAt() : pulled;
    return used.plus(IDLE).isBefore(now);
  }

  private boolean putOff(StoredConnection found, @Nullable Instant until) {
    return refreshes.putOff(found.vendor(), found.userId(), found.credentialsVersion(), until);
  }
}
