package io.cloudconnector.host.store;

import java.time.Instant;

/** A deed as it stands in the audit log. */
public record AuditEntry(long id, Instant at, Deed deed) {}
