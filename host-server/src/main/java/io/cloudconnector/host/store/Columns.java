package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How values stand in columns. */
final class Columns {
  private static final int LONGEST_REMARK = 1_000;

  private Columns() {}

  static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static byte @Nullable [] array(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.toArray();
  }

  static Bytes bytes(ResultSet row, String column) throws SQLException {
    return Bytes.of(row.getBytes(column));
  }

  static @Nullable Bytes bytesOrNull(ResultSet row, String column) throws SQLException {
    byte[] content = row.getBytes(column);
    return content == null ? null : Bytes.of(content);
  }

  static @Nullable String textOrNull(ResultSet row, String column) throws SQLException {
    return row.getString(column);
  }

  static VendorType vendor(ResultSet row) throws SQLException {
    return new VendorType(row.getString("vendor"));
  }

  /** A remark for the operator, cut to size; PostgreSQL takes no NUL in text. */
  static String remark(String text) {
    String clean = text.replace('\0', ' ');
    return clean.length() <= LONGEST_REMARK ? clean : clean.substring(0, LONGEST_REMARK) + "…";
  }
}
