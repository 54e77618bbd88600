package io.cloudconnector.host.store;

import java.time.Instant;

/**
 * Calls that count against a scope's limits.
 *
 * @param scope {@code app}, or {@code user:ID}
 * @param tag the class of the calls, "" for none
 * @param at when they count as made; of held ones, when they do at the latest
 * @param held whether they may still be on their way
 */
public record LimitUse(String scope, String tag, int permits, Instant at, boolean held) {}
