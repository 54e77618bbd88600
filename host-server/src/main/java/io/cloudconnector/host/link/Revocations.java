package io.cloudconnector.host.link;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Revoked;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.core.Masked;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.NewRevocation;
import io.cloudconnector.host.store.RefreshStore;
import io.cloudconnector.host.store.Revocation;
import io.cloudconnector.host.store.RevocationStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Revokes ended grants at their vendors, and erases them when that is done or given up. Run by a
 * schedule, on all hosts; one of them takes each piece of work.
 */
public final class Revocations {
  private static final Logger log = LoggerFactory.getLogger(Revocations.class);
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(20);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int BATCH = 50;

  /** Work whose host died is done by another after so long; longer than it can take. */
  private static final Duration TAKEN = Duration.ofMinutes(2);

  private final Database database;
  private final RevocationStore store;
  private final ConnectionStore connections;
  private final RefreshStore refreshes;
  private final RunningConnectors connectors;
  private final CredentialsVault vault;
  private final InstantSource clock;

  public Revocations(
      Database database,
      RunningConnectors connectors,
      CredentialsVault vault,
      InstantSource clock) {
    this.database = database;
    this.store = new RevocationStore(database);
    this.connections = new ConnectionStore(database);
    this.refreshes = new RefreshStore(database);
    this.connectors = connectors;
    this.vault = vault;
    this.clock = clock;
  }

  /** Does what is due. */
  public void runDue() {
    store.due(clock.instant(), BATCH).forEach(this::begin);
  }

  private void begin(Revocation due) {
    NewRevocation work = due.work();
    Instant now = clock.instant();
    // A refresh that was under way when the connection ended leaves its pair here: that is the one.
    if (!refreshes.isHeld(work.vendor(), work.userId(), work.generation(), now)) {
      store.take(due, now.plus(TAKEN)).ifPresent(this::attempt);
    }
  }

  private void attempt(Revocation revocation) {
    NewRevocation work = revocation.work();
    if (isLinkedAgain(work)) {
      // Vendors revoke by account as often as by grant: it would silence the newer link.
      finish(revocation, "the account is linked again, so the vendor is not told");
      return;
    }
    try {
      finish(revocation, revoke(revocation));
    } catch (TokenException e) {
      finish(revocation, "the grant had ended by itself");
    } catch (RuntimeException e) {
      if (clock.instant().isBefore(work.giveUpAt())) {
        putOff(revocation, e);
      } else {
        giveUp(revocation);
      }
    }
  }

  private String revoke(Revocation revocation) {
    NewRevocation work = revocation.work();
    RunningConnector connector =
        connectors
            .find(work.vendor())
            .orElseThrow(() -> new ConnectorException("its connector is not running"));
    Connection connection =
        new EndedConnection(
            revocation,
            connector,
            connector.http(connector.limits().unreserved(work.userId()), CALL_DEADLINE));
    return switch (connector.connector().linking().revoke(connection)) {
      case Revoked.Done _ -> "the vendor has revoked it";
      case Revoked.NotSupported _ -> "the vendor offers no revocation";
    };
  }

  private boolean isLinkedAgain(NewRevocation work) {
    return database.read(
        tx ->
            work.accountIds().stream()
                .anyMatch(id -> !connections.usersOf(tx, work.vendor(), id).isEmpty()));
  }

  private void giveUp(Revocation revocation) {
    log.atWarn()
        .addKeyValue("vendor", revocation.work().vendor())
        .addKeyValue("user_id", revocation.work().userId())
        .log(
            "The vendor did not revoke an ended grant in {} attempts; at the vendor it may still live",
            revocation.attempts());
    finish(revocation, "given up");
  }

  private void finish(Revocation revocation, String how) {
    database.execute(tx -> store.done(tx, revocation.id()));
    log.atInfo()
        .addKeyValue("vendor", revocation.work().vendor())
        .addKeyValue("user_id", revocation.work().userId())
        .log("An ended grant is erased: {}", how);
  }

  private void putOff(Revocation revocation, RuntimeException e) {
    long pause =
        Math.min(
            LONGEST_PAUSE.toMillis(),
            FIRST_PAUSE.toMillis() << Math.min(revocation.attempts(), 20));
    Instant again = clock.instant().plusMillis(pause);
    store.retry(revocation.id(), again, Masked.told(e));
    log.atWarn()
        .addKeyValue("vendor", revocation.work().vendor())
        .addKeyValue("user_id", revocation.work().userId())
        .log(
            "The vendor did not revoke an ended grant: {}; tried again at {}",
            Masked.told(e),
            again);
  }

  /**
   * The grant as it was when it ended. Nobody else uses it any more, so it is refreshed right here,
   * with less care than a living one: should this host die between the vendor's rotation and our
   * commit, what is lost is a revocation, and the vendor's own word ends the work.
   */
  private final class EndedConnection implements Connection {
    private final Revocation revocation;
    private final RunningConnector connector;
    private final VendorHttp http;
    private final Grant grant;
    private Credentials current;

    EndedConnection(Revocation revocation, RunningConnector connector, VendorHttp http) {
      this.revocation = revocation;
      this.connector = connector;
      this.http = http;
      NewRevocation work = revocation.work();
      this.grant = new Grant(work.vendor(), work.userId(), work.generation());
      this.current = vault.open(grant, work.credentials());
    }

    @Override
    public String userId() {
      return revocation.work().userId();
    }

    @Override
    public Set<String> accountIds() {
      return revocation.work().accountIds();
    }

    @Override
    public Set<String> scopes() {
      return revocation.work().scopes();
    }

    @Override
    public synchronized Credentials credentials() {
      boolean ended =
          current.accessUntil().map(end -> !clock.instant().isBefore(end)).orElse(false);
      return ended ? renewed(current) : current;
    }

    @Override
    public synchronized Credentials renewed(Credentials rejected) {
      if (!current.accessToken().equals(rejected.accessToken())) {
        return current;
      }
      current =
          switch (connector
              .connector()
              .linking()
              .refresh(new HostRefreshRequest(current, scopes(), http))) {
            case Refreshed.Renewed renewed -> renewed.credentials();
            case Refreshed.Dead dead -> throw new TokenException(dead.reason());
          };
      // Vendors rotate: a second attempt needs the new pair.
      store.replaceCredentials(revocation.id(), vault.seal(grant, current));
      return current;
    }

    @Override
    public VendorHttp http() {
      return http;
    }

    @Override
    public void end() {}
  }
}
