package io.cloudconnector.api;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The effective settings of one vendor: the operator's where given, the descriptor's otherwise.
 * Made by the host; immutable.
 */
public interface VendorConfig {
  VendorType vendor();

  /**
   * The application's id at the vendor.
   *
   * @throws IllegalStateException for a vendor declared {@link Descriptor.Builder#withoutClient}
   */
  String clientId();

  /**
   * The application's secret at the vendor.
   *
   * @throws IllegalStateException for a vendor declared {@link Descriptor.Builder#withoutClient}
   */
  Secret clientSecret();

  /** What webhooks may be signed with: the active secret first, then retiring ones. */
  List<Secret> webhookSecrets();

  /**
   * An address by its name in the descriptor: {@code base}, {@code auth}, {@code token}, {@code
   * revoke} …
   */
  Optional<URI> endpoint(String name);

  /** What to ask the person for. */
  Set<String> scopes();

  List<RateLimitConfig> rateLimits();

  /** How far a webhook's time may be from ours; empty: its freshness is not checked. */
  Optional<Duration> webhookTolerance();

  /** A setting that the descriptor declares, or its default. */
  Optional<String> setting(String name);

  /** A setting that the descriptor declares as secret. */
  Optional<Secret> secretSetting(String name);
}
