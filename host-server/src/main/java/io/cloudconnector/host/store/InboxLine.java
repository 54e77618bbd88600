package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;

/**
 * What is worked off one row at a time, as far as one lane goes.
 *
 * @param name of a connection, or of an account that nobody is mapped to; the same in every lane
 */
public record InboxLine(VendorType vendor, String name, Lane lane) {
  /** Where an entry waits. */
  static InboxLine of(InboxEntry entry) {
    return new InboxLine(entry.vendor(), InboxRows.line(entry), entry.lane());
  }
}
