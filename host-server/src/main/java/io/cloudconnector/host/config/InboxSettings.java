package io.cloudconnector.host.config;

import java.time.Duration;

/**
 * How accepted changes are worked off. Immutable.
 *
 * @param dedupeFor how long a repeated notice is recognised as one
 * @param retryFor how long after its first failure a fetch is tried again
 * @param retryAttempts how often it is tried at most
 */
public record InboxSettings(Duration dedupeFor, Duration retryFor, int retryAttempts) {
  static final Duration DEDUPE_FOR = Duration.ofDays(14);
  static final Duration RETRY_FOR = Duration.ofDays(3);
  static final int RETRY_ATTEMPTS = 1_000;
}
