package io.cloudconnector.api;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a connector says about itself and its vendor: pure data, asked once at load. The host
 * derives configuration keys, limits, allowed hosts and documentation from it. Immutable.
 */
public final class Descriptor {
  private final VendorType vendor;
  private final String displayName;
  private final Map<String, String> endpoints;
  private final Set<String> allowedHosts;
  private final Map<String, ResourceType> resources;
  private final Set<String> scopes;
  private final List<RateLimitConfig> limits;
  private final Optional<WebhookTrust> webhooks;
  private final Optional<Duration> webhookTolerance;
  private final boolean webhookSecretIsClientSecret;
  private final boolean withoutClient;
  private final List<Setting> settings;
  private final List<Setting> linkOptions;
  private final Optional<Duration> pollEvery;

  private Descriptor(Builder builder) {
    vendor = builder.vendor;
    displayName = builder.displayName;
    endpoints = Map.copyOf(builder.endpoints);
    allowedHosts = Set.copyOf(builder.allowedHosts);
    resources = Map.copyOf(builder.resources);
    scopes = Set.copyOf(builder.scopes);
    limits = List.copyOf(builder.limits);
    webhooks = builder.webhooks;
    webhookTolerance = builder.webhookTolerance;
    webhookSecretIsClientSecret = builder.webhookSecretIsClientSecret;
    withoutClient = builder.withoutClient;
    settings = List.copyOf(builder.settings);
    linkOptions = List.copyOf(builder.linkOptions);
    pollEvery = builder.pollEvery;
  }

  /**
   * Begins a descriptor.
   *
   * @param displayName the vendor's name as people write it
   */
  public static Builder builder(VendorType vendor, String displayName) {
    return new Builder(vendor, displayName);
  }

  /**
   * Begins a descriptor.
   *
   * @param vendor the name that stands in URLs, configuration keys and events; see {@link
   *     VendorType}
   * @param displayName the vendor's name as people write it
   */
  public static Builder builder(String vendor, String displayName) {
    return new Builder(new VendorType(vendor), displayName);
  }

  public VendorType vendor() {
    return vendor;
  }

  public String displayName() {
    return displayName;
  }

  /** Default addresses by name; a value that starts with {@code /} continues the effective base. */
  public Map<String, String> endpoints() {
    return endpoints;
  }

  /** Hosts that may be called besides those of the effective addresses. */
  public Set<String> allowedHosts() {
    return allowedHosts;
  }

  /** The resource types by name. */
  public Map<String, ResourceType> resources() {
    return resources;
  }

  /**
   * What to ask the person for by default: those of all resource types, and the connector's own.
   */
  public Set<String> scopes() {
    Set<String> all = new LinkedHashSet<>(scopes);
    resources.values().forEach(type -> all.addAll(type.scopes()));
    return Set.copyOf(all);
  }

  public List<RateLimitConfig> limits() {
    return limits;
  }

  /** Empty: the vendor sends no webhooks. */
  public Optional<WebhookTrust> webhooks() {
    return webhooks;
  }

  /** How far a webhook's time may be from ours by default; empty: not checked. */
  public Optional<Duration> webhookTolerance() {
    return webhookTolerance;
  }

  public boolean webhookSecretIsClientSecret() {
    return webhookSecretIsClientSecret;
  }

  /** Whether the operator must configure a client id and a client secret. */
  public boolean needsClient() {
    return !withoutClient;
  }

  public List<Setting> settings() {
    return settings;
  }

  public List<Setting> linkOptions() {
    return linkOptions;
  }

  public Optional<Duration> pollEvery() {
    return pollEvery;
  }

  @Override
  public String toString() {
    return displayName + " (" + vendor + ")";
  }

  /** Collects a {@link Descriptor}. Not thread-safe. */
  public static final class Builder {
    private final VendorType vendor;
    private final String displayName;
    private final Map<String, String> endpoints = new LinkedHashMap<>();
    private final Set<String> allowedHosts = new LinkedHashSet<>();
    private final Map<String, ResourceType> resources = new LinkedHashMap<>();
    private final Set<String> scopes = new LinkedHashSet<>();
    private final List<RateLimitConfig> limits = new ArrayList<>();
    private Optional<WebhookTrust> webhooks = Optional.empty();
    private Optional<Duration> webhookTolerance = Optional.empty();
    private boolean webhookSecretIsClientSecret;
    private boolean withoutClient;
    private final List<Setting> settings = new ArrayList<>();
    private final List<Setting> linkOptions = new ArrayList<>();
    private Optional<Duration> pollEvery = Optional.empty();

    private Builder(VendorType vendor, String displayName) {
      this.vendor = vendor;
      this.displayName = displayName;
    }

    /**
     * An address that the connector calls. The operator may override it ({@code baseUrl} for {@code
     * base}, and so on); its host counts as declared.
     *
     * @param name {@code base}, {@code auth}, {@code token}, {@code revoke}, or one of the
     *     connector's own
     * @param address absolute, or starting with {@code /} to continue the effective {@code base}
     * @throws IllegalArgumentException when it is neither
     */
    public Builder endpoint(String name, String address) {
      if (!address.startsWith("/") && !URI.create(address).isAbsolute()) {
        throw new IllegalArgumentException(
            "endpoint '" + name + "' must be absolute or start with /");
      }
      endpoints.put(name, address);
      return this;
    }

    /** A host that may be called although no endpoint names it, such as one for file downloads. */
    public Builder allowedHost(String host) {
      allowedHosts.add(host);
      return this;
    }

    public Builder resource(ResourceType type) {
      resources.put(type.name(), type);
      return this;
    }

    /** A resource type that one call fetches, and what must be granted for it. */
    public Builder resource(String name, String... scopeNames) {
      return resource(ResourceType.of(name).scopes(scopeNames));
    }

    /** A scope to ask for that belongs to no resource type, such as one for a refresh token. */
    public Builder scope(String name) {
      scopes.add(name);
      return this;
    }

    public Builder limit(RateLimitConfig limit) {
      limits.add(limit);
      return this;
    }

    /** The vendor sends webhooks, with this trust. */
    public Builder webhooks(WebhookTrust trust) {
      webhooks = Optional.of(trust);
      return this;
    }

    /** The vendor sends webhooks and signs each one. */
    public Builder signedWebhooks() {
      return webhooks(WebhookTrust.SIGNED);
    }

    /** Should exceed the span over which the vendor repeats a delivery. */
    public Builder webhookTolerance(Duration tolerance) {
      webhookTolerance = Optional.of(tolerance);
      return this;
    }

    /** Webhooks are signed with the client secret unless the operator configures another. */
    public Builder webhookSecretIsClientSecret() {
      webhookSecretIsClientSecret = true;
      return this;
    }

    /**
     * The vendor knows no registered application: no client id and secret are asked of the
     * operator.
     */
    public Builder withoutClient() {
      withoutClient = true;
      return this;
    }

    /** Something the operator configures in the settings section. */
    public Builder setting(Setting setting) {
      settings.add(setting);
      return this;
    }

    /** Something the application may pass with a link. */
    public Builder linkOption(Setting option) {
      linkOptions.add(option);
      return this;
    }

    /** How often to ask a vendor that sends no webhooks. */
    public Builder pollEvery(Duration interval) {
      pollEvery = Optional.of(interval);
      return this;
    }

    public Descriptor build() {
      return new Descriptor(this);
    }
  }
}
