package io.cloudconnector.host.store;

import java.time.Instant;

/**
 * An event that a sink refused for too long.
 *
 * @param event still kept, however old it is
 * @param attempts how often it was sent
 * @param wanted whether somebody asked for it to be sent again
 */
public record ParkedEvent(
    LoggedEvent event, Instant parkedAt, int attempts, String why, boolean wanted) {}
