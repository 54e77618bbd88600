package io.cloudconnector.host.limit;

import io.cloudconnector.api.LimitReading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a call came to.
 *
 * @param hold the permits of which it used one up
 * @param at when the answer was there, or was given up
 * @param readings what it said about limits
 */
record Answer(
    long hold,
    Optional<String> userId,
    String tag,
    Instant sentAt,
    Instant at,
    List<LimitReading> readings,
    List<Stop> stops) {}
