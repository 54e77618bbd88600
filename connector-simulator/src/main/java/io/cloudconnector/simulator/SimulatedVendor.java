package io.cloudconnector.simulator;

import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What most clouds consist of: a server, OAuth for one client whose id and secret nobody can guess,
 * and signed webhooks. A subclass adds its routes to {@link #server}, says what an account is
 * ({@link #addPerson}) and what may happen in one ({@link #makeChange}). Thread-safe.
 */
public abstract class SimulatedVendor implements SimulatedCloud {
  private final String clientSecret = UUID.randomUUID() + "-" + UUID.randomUUID();
  private final String clientId;
  private final String vendor;
  private final Map<String, String> endpoints;
  private final InstantSource clock;
  private final WebhookSigner signer;
  private final SimulatedServer server;
  private final SimulatedOAuth oauth;
  private final WebhookSender webhooks;

  /**
   * A cloud whose consent page and token endpoint are there already.
   *
   * @param vendor as {@link SimulatedCloud#vendor}
   * @param endpoints paths by the names that the connector's descriptor has for them, {@code auth}
   *     and {@code token} among them; the path of {@code base} may be empty
   * @param signing makes the signer of webhooks from the HMAC with the client's secret; a vendor
   *     with another secret leaves it aside
   * @param clock rules expiry, limits and signatures
   * @throws IllegalArgumentException when an endpoint is missing
   */
  protected SimulatedVendor(
      String vendor,
      Map<String, String> endpoints,
      Function<Hmac, WebhookSigner> signing,
      InstantSource clock) {
    this.vendor = vendor;
    this.clientId = vendor + "-" + UUID.randomUUID();
    this.endpoints = Map.copyOf(endpoints);
    this.clock = clock;
    this.signer = signing.apply(Hmac.sha256(clientSecret));
    this.server = new SimulatedServer(clock);
    this.webhooks = new WebhookSender(signer, clock);
    this.oauth = new SimulatedOAuth(clientId, clientSecret, clock);
    oauth.mount(server, path("auth"), path("token"));
  }

  private String path(String endpoint) {
    String path = endpoints.get(endpoint);
    if (path == null) {
      throw new IllegalArgumentException(
          "the endpoints of " + vendor + " lack '" + endpoint + "': give it a path");
    }
    return path;
  }

  @Override
  public final String vendor() {
    return vendor;
  }

  @Override
  public final void start() {
    server.start();
  }

  @Override
  public final Map<String, Object> connectorSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("clientId", clientId);
    settings.put("clientSecret", clientSecret);
    endpoints.forEach((name, path) -> settings.put(name + "Url", server.url(path).toString()));
    return Map.copyOf(settings);
  }

  @Override
  public final void sendWebhooksTo(URI url) {
    webhooks.sendTo(url);
  }

  @Override
  public final void consentAs(String accountId) {
    oauth.consentAs(accountId);
  }

  /** Where routes and filters go. */
  protected final SimulatedServer server() {
    return server;
  }

  /** The one client's id. */
  protected final String clientId() {
    return clientId;
  }

  /** The one client's secret. */
  protected final String clientSecret() {
    return clientSecret;
  }

  /** Consent, tokens, and their ledger. */
  public final SimulatedOAuth oauth() {
    return oauth;
  }

  /** The webhooks sent, and how to make them go wrong. */
  public final WebhookSender webhooks() {
    return webhooks;
  }

  /** The headers that prove a webhook now, for whoever sends it in the cloud's place. */
  public final Map<String, String> signed(byte[] body) {
    return signer.headers(body, clock.instant());
  }

  /** What is to go wrong with answers. */
  public final Faults faults() {
    return server.faults();
  }

  /** Every request received. */
  public final RequestLog requests() {
    return server.requests();
  }

  @Override
  public void close() {
    webhooks.close();
    server.close();
  }
}
