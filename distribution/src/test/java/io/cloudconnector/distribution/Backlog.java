package io.cloudconnector.distribution;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.link.CredentialsVault;
import io.cloudconnector.host.link.Grant;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.NewConnection;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.host.vault.Vault;
import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Accepted webhooks that nobody has worked on, each of another workout: the n-th tells of the n-th
 * workout, and people take turns. Put where the host would have put them by its own code and by
 * SQL, because through the host it would take hours.
 */
final class Backlog {
  private static final VendorType WHOOP = new VendorType("whoop");
  private static final String IDS = "5eed0000-0000-4000-8000-";

  /** Makes each number twelve digits long. */
  private static final long FIRST = 100_000_000_000L;

  /** Such as no member of the simulated cloud has. */
  private static final int FIRST_ACCOUNT = 5_000;

  private static final String WORKOUTS = "/developer/v2/activity/workout/";

  private final int rows;
  private final int people;

  Backlog(int rows, int people) {
    this.rows = rows;
    this.people = people;
  }

  static String person(int number) {
    return "person-" + number;
  }

  /** As {@link Seen} has it. */
  static String workout(int number) {
    return "workout/" + IDS + (FIRST + number);
  }

  /** Of a host that is not running. */
  void fill(Database database, String encryptionKey) {
    CredentialsVault vault =
        new CredentialsVault(new Vault(List.of(EncryptionKey.parse(encryptionKey))));
    database.execute(
        tx -> {
          for (int i = 0; i < people; i++) {
            link(tx, new ConnectionStore(database), vault, i);
          }
          insert(tx);
        });
  }

  private static void link(
      Handle tx, ConnectionStore connections, CredentialsVault vault, int number) {
    Instant now = Instant.now();
    Instant until = now.plus(Duration.ofDays(3));
    connections.link(
        tx,
        new NewConnection(
            WHOOP,
            person(number),
            1,
            Set.of(Integer.toString(FIRST_ACCOUNT + number)),
            Set.of("offline", "read:profile", "read:workout"),
            vault.seal(
                new Grant(WHOOP, person(number), 1),
                Credentials.access(Secret.of("token-" + number))
                    .refresh(Secret.of("refresh-" + number))
                    .accessUntil(until)),
            now,
            until,
            null));
  }

  private void insert(Handle tx) {
    long now = System.currentTimeMillis();
    tx.execute(
        """
        INSERT INTO inbox (line, vendor, account_id, user_id, lane, kind, resource_type,
            resource_id, vendor_event_type, trace_id, dedupe_key, attributes, received_at,
            due_at, attempts, state)
          WITH RECURSIVE n (i) AS (
            SELECT CAST(0 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < ?)
          SELECT 'whoop:user:person-' || (i %% %d), 'whoop', %d + (i %% %d), 'person-' || (i %% %d),
              'live', 'CHANGED', 'workout', '%s' || (%d + i), 'workout.updated', 'trace-' || i,
              'key-' || i, '{}', %d, %d, 0, 'WAITING'
            FROM n
        """
            .formatted(people, FIRST_ACCOUNT, people, people, IDS, FIRST, now, now),
        rows - 1);
    tx.execute(
        """
        INSERT INTO inbox_line (line, lane, vendor, due_at)
          SELECT line, lane, vendor, MIN(due_at) FROM inbox GROUP BY line, lane, vendor
        """);
  }

  /** Has the vendor know these workouts, whoever asks. */
  static void isKnownTo(WhoopCloud cloud) {
    cloud.faults().decide(Backlog::document);
  }

  private static Optional<Fault> document(SimulatedRequest request) {
    if (!request.path().startsWith(WORKOUTS + IDS)) {
      return Optional.empty();
    }
    String document =
        "{\"id\":\"%s\",\"updated_at\":\"2026-01-14T06:00:00.000Z\"}"
            .formatted(request.path().substring(WORKOUTS.length()));
    return Optional.of(Fault.answer(SimulatedReply.json(200, document)));
  }
}
