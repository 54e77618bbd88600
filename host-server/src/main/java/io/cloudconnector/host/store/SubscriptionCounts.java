package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Subscriptions at one vendor, counted.
 *
 * @param firstEnd when the first of ours ends; empty: none has an end
 */
public record SubscriptionCounts(int ours, int elsewhere, Optional<Instant> firstEnd) {}
