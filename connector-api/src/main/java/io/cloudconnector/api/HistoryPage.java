package io.cloudconnector.api;

import java.util.List;
import java.util.Optional;

/** One page of history. Made by connectors; immutable. */
public final class HistoryPage {
  private final List<VendorData> records;
  private final Optional<String> cursor;

  private HistoryPage(List<VendorData> records, Optional<String> cursor) {
    this.records = List.copyOf(records);
    this.cursor = cursor;
  }

  /** Nothing follows. */
  public static HistoryPage last(List<VendorData> records) {
    return new HistoryPage(records, Optional.empty());
  }

  /**
   * More follows.
   *
   * @param cursor opaque to the host; stored with the page, so that a killed run goes on from here
   */
  public static HistoryPage more(List<VendorData> records, String cursor) {
    return new HistoryPage(records, Optional.of(cursor));
  }

  /** Each with the same id that a live notice gives it. */
  public List<VendorData> records() {
    return records;
  }

  public Optional<String> cursor() {
    return cursor;
  }
}
