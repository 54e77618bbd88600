package io.cloudconnector.host.store;

import java.time.Instant;

/**
 * A line in which something waits.
 *
 * @param dueAt when to look at it; may be past
 */
public record DueLine(InboxLine line, Instant dueAt) {}
