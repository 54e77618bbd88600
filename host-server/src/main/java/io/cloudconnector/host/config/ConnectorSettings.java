package io.cloudconnector.host.config;

import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One vendor's section as the operator wrote it, without defaults. Immutable.
 *
 * @param webhookSecrets active ones first; empty: none written
 * @param endpoints addresses by the descriptor's names: {@code base} for {@code baseUrl}, and so on
 * @param resourceTypes those to subscribe to, to look through and to fetch history of
 * @param backfill how much history to fetch on link; zero: none
 * @param reconcile how often to look for what webhooks missed; zero: never
 * @param takeOverSubscriptions whether the vendor's registrations of webhooks that point elsewhere
 *     may be replaced
 * @param settings what the connector itself declares; all held as secrets, because only the
 *     descriptor knows which are
 */
public record ConnectorSettings(
    Optional<String> clientId,
    Optional<Secret> clientSecret,
    List<Secret> webhookSecrets,
    Map<String, URI> endpoints,
    Optional<Set<String>> scopes,
    Optional<List<RateLimitConfig>> rateLimits,
    Optional<Tolerance> webhookTolerance,
    Optional<Set<String>> resourceTypes,
    Optional<Duration> backfill,
    Optional<Duration> reconcile,
    Optional<Boolean> takeOverSubscriptions,
    Map<String, Secret> settings) {
  public ConnectorSettings {
    Objects.requireNonNull(clientId);
    Objects.requireNonNull(clientSecret);
    webhookSecrets = List.copyOf(webhookSecrets);
    endpoints = Map.copyOf(endpoints);
    scopes = scopes.map(names -> Collections.unmodifiableSet(new LinkedHashSet<>(names)));
    rateLimits = rateLimits.map(List::copyOf);
    Objects.requireNonNull(webhookTolerance);
    resourceTypes = resourceTypes.map(Set::copyOf);
    Objects.requireNonNull(backfill);
    Objects.requireNonNull(reconcile);
    Objects.requireNonNull(takeOverSubscriptions);
    settings = Map.copyOf(settings);
  }

  /**
   * How old a webhook may be.
   *
   * @param window empty: its age is not checked
   */
  public record Tolerance(Optional<Duration> window) {
    public Tolerance {
      Objects.requireNonNull(window);
    }

    static Tolerance off() {
      return new Tolerance(Optional.empty());
    }

    static Tolerance within(Duration window) {
      return new Tolerance(Optional.of(window));
    }
  }
}
