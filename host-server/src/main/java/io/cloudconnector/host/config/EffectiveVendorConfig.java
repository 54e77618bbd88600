package io.cloudconnector.host.config;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Setting;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorType;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds for one vendor: the operator's word where there is one, else the descriptor's. */
public final class EffectiveVendorConfig implements VendorConfig {
  private final Descriptor descriptor;
  private final ConnectorSettings written;

  private EffectiveVendorConfig(Descriptor descriptor, ConnectorSettings written) {
    this.descriptor = descriptor;
    this.written = written;
  }

  /**
   * Joins the two.
   *
   * @param written as {@link SettingsLoader} checked it against the same descriptor
   */
  public static EffectiveVendorConfig of(Descriptor descriptor, ConnectorSettings written) {
    return new EffectiveVendorConfig(descriptor, written);
  }

  @Override
  public VendorType vendor() {
    return descriptor.vendor();
  }

  @Override
  public String clientId() {
    return written.clientId().orElseThrow(() -> unset("client id"));
  }

  @Override
  public Secret clientSecret() {
    return written.clientSecret().orElseThrow(() -> unset("client secret"));
  }

  private IllegalStateException unset(String what) {
    return new IllegalStateException("no " + what + " is configured for " + vendor());
  }

  @Override
  public List<Secret> webhookSecrets() {
    if (written.webhookSecrets().isEmpty() && descriptor.webhookSecretIsClientSecret()) {
      return written.clientSecret().stream().toList();
    }
    return written.webhookSecrets();
  }

  @Override
  public Optional<URI> endpoint(String name) {
    URI operators = written.endpoints().get(name);
    if (operators != null) {
      return Optional.of(operators);
    }
    String address = descriptor.endpoints().get(name);
    if (address == null) {
      return Optional.empty();
    }
    return address.startsWith("/") ? continued(name, address) : Optional.of(URI.create(address));
  }

  private Optional<URI> continued(String name, String path) {
    if (name.equals("base")) {
      return Optional.empty();
    }
    return endpoint("base").map(base -> URI.create(withoutSlash(base.toString()) + path));
  }

  private static String withoutSlash(String address) {
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  /** The names of all addresses, the operator's and the descriptor's. */
  public Set<String> endpointNames() {
    Set<String> names = new LinkedHashSet<>(descriptor.endpoints().keySet());
    names.addAll(written.endpoints().keySet());
    return Set.copyOf(names);
  }

  @Override
  public Set<String> scopes() {
    return written.scopes().orElseGet(descriptor::scopes);
  }

  @Override
  public List<RateLimitConfig> rateLimits() {
    return written.rateLimits().orElseGet(descriptor::limits);
  }

  @Override
  public Optional<Duration> webhookTolerance() {
    return written
        .webhookTolerance()
        .map(ConnectorSettings.Tolerance::window)
        .orElseGet(descriptor::webhookTolerance);
  }

  @Override
  public Optional<String> setting(String name) {
    return declared(name, false).flatMap(this::valueOf);
  }

  @Override
  public Optional<Secret> secretSetting(String name) {
    return declared(name, true).flatMap(this::valueOf).map(Secret::of);
  }

  private Optional<Setting> declared(String name, boolean secret) {
    return descriptor.settings().stream()
        .filter(setting -> setting.name().equals(name) && setting.isSecret() == secret)
        .findFirst();
  }

  private Optional<String> valueOf(Setting setting) {
    return Optional.ofNullable(written.settings().get(setting.name()))
        .map(Secret::reveal)
        .or(setting::defaultValue);
  }

  /** Names the vendor only. */
  @Override
  public String toString() {
    return "configuration of " + vendor();
  }
}
