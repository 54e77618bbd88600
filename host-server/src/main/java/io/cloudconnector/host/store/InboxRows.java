package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.StatementContext;

/** How inbox rows stand in their table. */
final class InboxRows {
  private InboxRows() {}

  /**
   * The name of the line in which a row waits. Vendor names have no colon, so no two lines share a
   * name.
   */
  static String userLine(VendorType vendor, String userId) {
    return vendor + ":user:" + userId;
  }

  static String accountLine(VendorType vendor, String accountId) {
    return vendor + ":account:" + accountId;
  }

  static String line(InboxEntry entry) {
    String user = entry.userId();
    return user == null
        ? accountLine(entry.vendor(), entry.accountId())
        : userLine(entry.vendor(), user);
  }

  static InboxLine waitingLine(ResultSet row, StatementContext context) throws SQLException {
    return new InboxLine(
        Columns.vendor(row), row.getString("line"), Lane.of(row.getString("lane")));
  }

  static InboxRow row(ResultSet row) throws SQLException {
    return new InboxRow(
        row.getLong("id"),
        row.getLong("position"),
        entry(row),
        Columns.time(row, "due_at"),
        Columns.timeOrNull(row, "first_tried_at"),
        row.getInt("attempts"),
        Columns.textOrNull(row, "last_error"));
  }

  private static InboxEntry entry(ResultSet row) throws SQLException {
    return new InboxEntry(
        Columns.vendor(row),
        row.getString("account_id"),
        Columns.textOrNull(row, "user_id"),
        Lane.of(row.getString("lane")),
        InboxKind.valueOf(row.getString("kind")),
        resource(row),
        Columns.bytesOrNull(row, "data"),
        Columns.textOrNull(row, "media_type"),
        row.getString("vendor_event_type"),
        row.getString("trace_id"),
        Columns.textOrNull(row, "dedupe_key"),
        JsonText.map(row.getString("attributes")),
        Columns.time(row, "received_at"));
  }

  static InboxResource resource(ResultSet row) throws SQLException {
    return new InboxResource(
        Columns.textOrNull(row, "resource_type"),
        Columns.textOrNull(row, "resource_id"),
        Columns.textOrNull(row, "resource_from"),
        Columns.textOrNull(row, "resource_to"),
        Columns.textOrNull(row, "hint"));
  }
}
