package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.util.Comparator;

/**
 * What is worked off one row at a time, as far as one lane goes.
 *
 * @param name of a connection, or of an account that nobody is mapped to; the same in every lane
 */
public record InboxLine(VendorType vendor, String name, Lane lane) {
  /** Two transactions that touch the same lines in different orders would wait for each other. */
  public static final Comparator<InboxLine> ONE_ORDER =
      Comparator.comparing(InboxLine::name).thenComparing(InboxLine::lane);

  /** Where an entry waits. */
  static InboxLine of(InboxEntry entry) {
    return new InboxLine(entry.vendor(), InboxRows.line(entry), entry.lane());
  }
}
