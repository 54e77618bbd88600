package io.cloudconnector.testkit;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Setting;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings an operator who changes nothing would get from a descriptor, with a client id and
 * secrets made up. Immutable; withers return copies.
 */
public final class FakeConfig implements VendorConfig {
  private static final String URL = "Url";
  private static final Secret CLIENT_SECRET = Secret.of("made-up-client-secret");
  private static final Secret WEBHOOK_SECRET = Secret.of("made-up-webhook-secret");

  private final Descriptor descriptor;
  private final Map<String, URI> endpoints;
  private final Map<String, String> settings;
  private final Client client;
  private final Set<String> scopes;
  private final List<Secret> webhookSecrets;
  private final Optional<Duration> webhookTolerance;

  private record Client(String id, Secret secret) {}

  private FakeConfig(
      Descriptor descriptor,
      Map<String, URI> endpoints,
      Map<String, String> settings,
      Client client,
      Set<String> scopes,
      List<Secret> webhookSecrets,
      Optional<Duration> webhookTolerance) {
    this.descriptor = descriptor;
    this.endpoints = Map.copyOf(endpoints);
    this.settings = Map.copyOf(settings);
    this.client = client;
    this.scopes = Set.copyOf(scopes);
    this.webhookSecrets = List.copyOf(webhookSecrets);
    this.webhookTolerance = webhookTolerance;
  }

  public static FakeConfig of(Descriptor descriptor) {
    Map<String, String> defaults = new HashMap<>();
    for (Setting setting : descriptor.settings()) {
      setting.defaultValue().ifPresent(value -> defaults.put(setting.name(), value));
    }
    return new FakeConfig(
        descriptor,
        Map.of(),
        defaults,
        new Client("made-up-client-id", CLIENT_SECRET),
        descriptor.scopes(),
        List.of(descriptor.webhookSecretIsClientSecret() ? CLIENT_SECRET : WEBHOOK_SECRET),
        descriptor.webhookTolerance());
  }

  /** Puts every absolute address to a path of the stub's that is named like the endpoint. */
  public FakeConfig servedBy(StubVendor vendor) {
    FakeConfig served = this;
    for (Map.Entry<String, String> endpoint : descriptor.endpoints().entrySet()) {
      if (!endpoint.getValue().startsWith("/")) {
        served = served.endpoint(endpoint.getKey(), vendor.url("/" + endpoint.getKey()));
      }
    }
    return served;
  }

  /**
   * What an operator writes of a vendor, and what a simulated cloud says of itself: {@code
   * clientId}, {@code clientSecret}, and {@code baseUrl}, {@code authUrl} and so on for endpoints.
   *
   * @throws IllegalArgumentException when anything else is among it
   */
  public FakeConfig with(Map<String, ?> operators) {
    FakeConfig set = this;
    for (Map.Entry<String, ?> entry : operators.entrySet()) {
      set = set.with(entry.getKey(), entry.getValue().toString());
    }
    return set;
  }

  private FakeConfig with(String name, String value) {
    return switch (name) {
      case "clientId" -> client(value, client.secret());
      case "clientSecret" -> client(client.id(), Secret.of(value));
      default -> {
        if (!name.endsWith(URL)) {
          throw new IllegalArgumentException(
              "'" + name + "' is no client and no address; use FakeConfig.setting for it");
        }
        yield endpoint(name.substring(0, name.length() - URL.length()), URI.create(value));
      }
    };
  }

  public FakeConfig endpoint(String name, URI address) {
    Map<String, URI> more = new HashMap<>(endpoints);
    more.put(name, address);
    return new FakeConfig(
        descriptor, more, settings, client, scopes, webhookSecrets, webhookTolerance);
  }

  public FakeConfig setting(String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return new FakeConfig(
        descriptor, endpoints, more, client, scopes, webhookSecrets, webhookTolerance);
  }

  /** Also the webhooks' secret, where the vendor signs with the client's. */
  public FakeConfig client(String id, Secret secret) {
    return new FakeConfig(
        descriptor,
        endpoints,
        settings,
        new Client(id, secret),
        scopes,
        descriptor.webhookSecretIsClientSecret() ? List.of(secret) : webhookSecrets,
        webhookTolerance);
  }

  public FakeConfig scopes(String... names) {
    return new FakeConfig(
        descriptor, endpoints, settings, client, Set.of(names), webhookSecrets, webhookTolerance);
  }

  /** The active secret first, then retiring ones. */
  public FakeConfig webhookSecrets(Secret... secrets) {
    return new FakeConfig(
        descriptor, endpoints, settings, client, scopes, List.of(secrets), webhookTolerance);
  }

  /** Asks for webhooks no older than that. */
  public FakeConfig webhookTolerance(Duration tolerance) {
    return new FakeConfig(
        descriptor, endpoints, settings, client, scopes, webhookSecrets, Optional.of(tolerance));
  }

  /** Switches the check of freshness off. */
  public FakeConfig withoutWebhookTolerance() {
    return new FakeConfig(
        descriptor, endpoints, settings, client, scopes, webhookSecrets, Optional.empty());
  }

  @Override
  public VendorType vendor() {
    return descriptor.vendor();
  }

  @Override
  public String clientId() {
    return client().id();
  }

  @Override
  public Secret clientSecret() {
    return client().secret();
  }

  private Client client() {
    if (!descriptor.needsClient()) {
      throw new IllegalStateException("the descriptor says that there is no client");
    }
    return client;
  }

  /** The client secret and all secret settings. */
  List<Secret> secrets() {
    List<Secret> all = new ArrayList<>(List.of(client.secret()));
    descriptor.settings().stream()
        .filter(Setting::isSecret)
        .forEach(setting -> secretSetting(setting.name()).ifPresent(all::add));
    return all;
  }

  @Override
  public List<Secret> webhookSecrets() {
    return webhookSecrets;
  }

  @Override
  public Optional<URI> endpoint(String name) {
    return Optional.ofNullable(endpoints.get(name)).or(() -> declared(name));
  }

  private Optional<URI> declared(String name) {
    return Optional.ofNullable(descriptor.endpoints().get(name))
        .map(text -> text.startsWith("/") ? endpoint("base").orElseThrow() + text : text)
        .map(URI::create);
  }

  @Override
  public Set<String> scopes() {
    return scopes;
  }

  @Override
  public List<RateLimitConfig> rateLimits() {
    return descriptor.limits();
  }

  @Override
  public Optional<Duration> webhookTolerance() {
    return webhookTolerance;
  }

  @Override
  public Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }

  @Override
  public Optional<Secret> secretSetting(String name) {
    return setting(name).map(Secret::of);
  }
}
