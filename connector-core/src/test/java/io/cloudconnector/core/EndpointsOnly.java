package io.cloudconnector.core;

import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The settings of a vendor of which only the addresses matter. */
record EndpointsOnly(Map<String, URI> endpoints) implements VendorConfig {
  @Override
  public VendorType vendor() {
    return new VendorType("acme");
  }

  @Override
  public String clientId() {
    throw new IllegalStateException("no client");
  }

  @Override
  public Secret clientSecret() {
    throw new IllegalStateException("no client");
  }

  @Override
  public List<Secret> webhookSecrets() {
    return List.of();
  }

  @Override
  public Optional<URI> endpoint(String name) {
    return Optional.ofNullable(endpoints.get(name));
  }

  @Override
  public Set<String> scopes() {
    return Set.of();
  }

  @Override
  public List<RateLimitConfig> rateLimits() {
    return List.of();
  }

  @Override
  public Optional<Duration> webhookTolerance() {
    return Optional.empty();
  }

  @Override
  public Optional<String> setting(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<Secret> secretSetting(String name) {
    return Optional.empty();
  }
}
