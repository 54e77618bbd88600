package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How far the newest re-encryption is, for all hosts and over restarts. */
public final class KeyRotationStore {
  private final Database database;

  public KeyRotationStore(Database database) {
    this.database = database;
  }

  public Optional<KeyRotationRow> find() {
    return database.read(KeyRotationStore::find);
  }

  private static Optional<KeyRotationRow> find(Handle handle) {
    return handle
        .createQuery("SELECT * FROM key_rotation")
        .map(
            (row, context) ->
                new KeyRotationRow(
                    row.getString("key_id"),
                    Columns.time(row, "started_at"),
                    Columns.timeOrNull(row, "ended_at"),
                    row.getLong("resealed"),
                    row.getLong("unreadable")))
        .findOne();
  }

  /** Begins one; false, with nothing changed, while one under the same key is not over. */
  public boolean start(Handle tx, String keyId, Instant now) {
    database.dialect().lock(tx, "key rotation");
    boolean running =
        find(tx).filter(row -> row.endedAt() == null && row.keyId().equals(keyId)).isPresent();
    if (!running) {
      tx.execute("DELETE FROM key_rotation");
      tx.execute(
          """
          INSERT INTO key_rotation (id, key_id, started_at, resealed, unreadable)
            VALUES (1, ?, ?, 0, 0)
          """,
          keyId,
          now.toEpochMilli());
    }
    return !running;
  }

  /** Counts what was done in this transaction. */
  public void count(Handle tx, String keyId, long resealed) {
    tx.execute(
        "UPDATE key_rotation SET resealed = resealed + ? WHERE key_id = ? AND ended_at IS NULL",
        resealed,
        keyId);
  }

  /** It is over; false when another host had noted that before. */
  public boolean end(String keyId, long unreadable, Instant now) {
    return database.write(
            tx ->
                tx.execute(
                    """
                    UPDATE key_rotation SET ended_at = ?, unreadable = ?
                      WHERE key_id = ? AND ended_at IS NULL
                    """,
                    now.toEpochMilli(),
                    unreadable,
                    keyId))
        == 1;
  }
}
