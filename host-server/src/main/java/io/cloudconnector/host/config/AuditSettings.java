package io.cloudconnector.host.config;

import java.time.Duration;

/**
 * How long it is kept who did what. Immutable.
 *
 * @param keepFor entries become no older
 */
public record AuditSettings(Duration keepFor) {
  static final Duration KEEP_FOR = Duration.ofDays(400);
}
