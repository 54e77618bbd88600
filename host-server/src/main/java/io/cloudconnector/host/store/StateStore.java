package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What connectors remember for themselves: small sealed values by name, shared by all hosts. */
public final class StateStore {
  private static final String INSERT =
      """
      INSERT INTO connector_state (vendor, name, sealed, updated_at)
        VALUES (:vendor, :name, :sealed, :now)
        ON CONFLICT (vendor, name)
      """;

  private final Database database;

  public StateStore(Database database) {
    this.database = database;
  }

  public Optional<Bytes> read(VendorType vendor, String name) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT sealed FROM connector_state WHERE vendor = :vendor AND name = :name")
                .bind("vendor", vendor.name())
                .bind("name", name)
                .map((row, context) -> Columns.bytes(row, "sealed"))
                .findOne());
  }

  public void write(VendorType vendor, String name, Bytes sealed, Instant now) {
    String sql =
        INSERT + " DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at";
    database.execute(tx -> insert(tx, sql, vendor, name, sealed, now));
  }

  /** Returns false, with nothing changed, when there is a value already. */
  public boolean writeIfAbsent(VendorType vendor, String name, Bytes sealed, Instant now) {
    return database.write(tx -> insert(tx, INSERT + " DO NOTHING", vendor, name, sealed, now)) == 1;
  }

  private static int insert(
      Handle tx, String sql, VendorType vendor, String name, Bytes sealed, Instant now) {
    return tx.createUpdate(sql)
        .bind("vendor", vendor.name())
        .bind("name", name)
        .bind("sealed", sealed.toArray())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Returns false when there was none. */
  public boolean remove(VendorType vendor, String name) {
    return database.write(
            tx ->
                tx.execute(
                    "DELETE FROM connector_state WHERE vendor = ? AND name = ?",
                    vendor.name(),
                    name))
        == 1;
  }
}
