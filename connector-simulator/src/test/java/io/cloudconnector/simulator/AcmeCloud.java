package io.cloudconnector.simulator;

import io.cloudconnector.simulator.SimulatedLimits.Limit;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What a third party writes to have a cloud of its own: one kind of record, signed in no way. */
final class AcmeCloud implements SimulatedCloud {
  private final InstantSource clock = InstantSource.system();
  private final SimulatedServer server = new SimulatedServer(clock);
  private final SimulatedOAuth oauth = new SimulatedOAuth("acme-app", "acme-secret", clock);
  private final WebhookSender webhooks = new WebhookSender(AcmeCloud::sign, clock);
  private final AtomicInteger people = new AtomicInteger();
  private final AtomicInteger steps = new AtomicInteger(1000);

  AcmeCloud() {
    oauth.mount(server, "/authorize", "/token");
    server.filter("/api/", new SimulatedLimits(clock, new Limit(60, Duration.ofMinutes(1))));
    server.route("GET", "/api/steps/{day}", this::steps);
  }

  private SimulatedReply steps(SimulatedRequest request) {
    return request
        .bearerToken()
        .flatMap(oauth::holder)
        .map(holder -> SimulatedReply.json(200, document(request.part("day"))))
        .orElseGet(() -> SimulatedReply.empty(401));
  }

  private String document(String day) {
    return JsonText.object().text("day", day).number("steps", steps.get()).toString();
  }

  private static Map<String, String> sign(byte[] body, Instant at) {
    return Map.of("X-Acme-Time", at.toString());
  }

  @Override
  public String vendor() {
    return "acme";
  }

  @Override
  public void start() {
    server.start();
  }

  @Override
  public Map<String, Object> connectorSettings() {
    return Map.of(
        "clientId", "acme-app",
        "clientSecret", "acme-secret",
        "baseUrl", server.url("/api").toString(),
        "authUrl", server.url("/authorize").toString(),
        "tokenUrl", server.url("/token").toString());
  }

  @Override
  public void sendWebhooksTo(URI url) {
    webhooks.sendTo(url);
  }

  @Override
  public String addPerson() {
    String accountId = "acme-" + people.incrementAndGet();
    oauth.addAccount(accountId);
    return accountId;
  }

  @Override
  public void consentAs(String accountId) {
    oauth.consentAs(accountId);
  }

  @Override
  public List<Delivery> makeChange() {
    int now = steps.addAndGet(100);
    return webhooks.send("steps-" + now, document("today"));
  }

  @Override
  public void close() {
    webhooks.close();
    server.close();
  }
}
