package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What the operator has of each document, so that a page of history gives only what is new. A mark
 * is written in the transaction that logs the event.
 */
public final class DocumentStore {
  /** Two hosts that write the same marks in different orders would wait for each other. */
  private static final Comparator<DocumentMark> ONE_ORDER =
      Comparator.comparing((DocumentMark mark) -> mark.vendor().name())
          .thenComparing(DocumentMark::userId)
          .thenComparing(DocumentMark::subject);

  private static final int COLUMNS = 3;
  private static final int READ_AT_ONCE = 1_000;

  private final Database database;

  public DocumentStore(Database database) {
    this.database = database;
  }

  /** Notes what is being logged; of several marks of one document the last counts. */
  public void logged(Handle tx, Collection<DocumentMark> marks) {
    Map<DocumentMark, DocumentMark> last = new TreeMap<>(ONE_ORDER);
    marks.forEach(mark -> last.put(mark, mark));
    DirectSql.batch(
        tx,
        """
        INSERT INTO document (vendor, user_id, subject, content, logged_at) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (vendor, user_id, subject)
            DO UPDATE SET content = excluded.content, logged_at = excluded.logged_at
        """,
        last.values().stream().map(DocumentStore::values).toList());
  }

  private static @Nullable Object[] values(DocumentMark mark) {
    return new @Nullable Object[] {
      mark.vendor().name(),
      mark.userId(),
      mark.subject(),
      Columns.array(mark.content()),
      mark.loggedAt().toEpochMilli()
    };
  }

  /**
   * What is known of documents of one person. Until the transaction ends nobody else logs one of
   * them, also of those that nobody has seen before.
   */
  public Map<String, DocumentMark> hold(
      Handle tx, VendorType vendor, String userId, Collection<String> subjects) {
    Map<String, DocumentMark> held = new HashMap<>();
    for (List<String> piece : DirectSql.pieces(List.copyOf(new TreeSet<>(subjects)))) {
      Object[] keys = keys(vendor, userId, piece);
      DirectSql.query(tx, insert(piece.size()), keys, row -> row.getString(1));
      DirectSql.query(tx, select(piece.size()), keys, row -> mark(vendor, userId, row))
          .forEach(mark -> held.put(mark.subject(), mark));
    }
    return held;
  }

  private static Object[] keys(VendorType vendor, String userId, List<String> subjects) {
    List<Object> keys = new ArrayList<>();
    for (String subject : subjects) {
      keys.add(vendor.name());
      keys.add(userId);
      keys.add(subject);
    }
    return keys.toArray();
  }

  private static String insert(int rows) {
    return """
        INSERT INTO document (vendor, user_id, subject, logged_at) VALUES %s
          ON CONFLICT DO NOTHING RETURNING subject
        """
        .formatted(String.join(", ", Collections.nCopies(rows, "(?, ?, ?, 0)")));
  }

  private String select(int rows) {
    return """
        SELECT subject, content, logged_at FROM document
          WHERE (vendor, user_id, subject) IN (VALUES %s) ORDER BY vendor, user_id, subject
        """
            .formatted(DirectSql.places(rows, COLUMNS))
        + database.dialect().forUpdate("document");
  }

  private static DocumentMark mark(VendorType vendor, String userId, ResultSet row)
      throws SQLException {
    return new DocumentMark(
        vendor,
        userId,
        row.getString("subject"),
        Columns.bytesOrNull(row, "content"),
        Columns.time(row, "logged_at"));
  }

  /** Nothing of this connection has been given: what comes now is new. */
  public void forget(Handle tx, VendorType vendor, String userId) {
    tx.execute("DELETE FROM document WHERE vendor = ? AND user_id = ?", vendor.name(), userId);
  }

  /** All marks of one person at a vendor. */
  public void each(VendorType vendor, String userId, Consumer<DocumentMark> reader) {
    List<DocumentMark> page = read(vendor, userId, "");
    while (!page.isEmpty()) {
      page.stream().filter(mark -> mark.loggedAt().isAfter(Instant.EPOCH)).forEach(reader);
      page = read(vendor, userId, page.getLast().subject());
    }
  }

  private List<DocumentMark> read(VendorType vendor, String userId, String after) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT subject, content, logged_at FROM document
                      WHERE vendor = :vendor AND user_id = :user AND subject > :after
                      ORDER BY subject LIMIT :limit
                    """)
                .bind("vendor", vendor.name())
                .bind("user", userId)
                .bind("after", after)
                .bind("limit", READ_AT_ONCE)
                .map((row, context) -> mark(vendor, userId, row))
                .list());
  }
}
