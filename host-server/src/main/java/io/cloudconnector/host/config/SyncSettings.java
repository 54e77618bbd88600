package io.cloudconnector.host.config;

import io.cloudconnector.api.Descriptor;
import java.time.Duration;
import java.util.Set;

/**
 * What one connector keeps in step by itself, with defaults. Immutable.
 *
 * @param resourceTypes those to subscribe to, to look through and to fetch history of
 * @param backfill how much history to fetch on link; zero: none
 * @param reconcile how often to look for what webhooks missed; zero: never
 * @param takeOver whether subscriptions that point elsewhere may be replaced
 */
public record SyncSettings(
    Set<String> resourceTypes, Duration backfill, Duration reconcile, boolean takeOver) {
  private static final Duration BACKFILL = Duration.ofDays(30);
  private static final Duration RECONCILE = Duration.ofHours(6);

  public SyncSettings {
    resourceTypes = Set.copyOf(resourceTypes);
  }

  /**
   * As the operator wrote it; else all types, 30 days, the connector's interval or 6 hours, and
   * nothing taken over.
   */
  public static SyncSettings of(Descriptor descriptor, ConnectorSettings written) {
    return new SyncSettings(
        written.resourceTypes().orElse(descriptor.resources().keySet()),
        written.backfill().orElse(BACKFILL),
        written.reconcile().or(descriptor::pollEvery).orElse(RECONCILE),
        written.takeOverSubscriptions().orElse(false));
  }
}
