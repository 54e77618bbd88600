package io.cloudconnector.distribution;

import java.time.Instant;

/**
 * A change that a vendor told and the host answered with 2xx.
 *
 * @param resource type and id, as in {@code workout/…}
 * @param at when it was answered
 * @param version of the document when it was told, in milliseconds; it only rises
 */
record Told(
    String user, String traceId, String resource, boolean deleted, long version, Instant at) {}
