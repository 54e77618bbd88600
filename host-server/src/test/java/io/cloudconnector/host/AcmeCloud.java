package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Faults;
import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.RequestLog;
import io.cloudconnector.simulator.SimulatedOAuth;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedServer;
import io.cloudconnector.simulator.WebhookSender;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Acme's cloud: OAuth, one document for each GET, signed webhooks. Thread-safe. */
final class AcmeCloud implements AutoCloseable {
  static final String CLIENT_SECRET = "acme-client-secret-a1b2c3d4e5";
  static final String WEBHOOK_SECRET = "acme-webhook-secret-f6g7h8i9j0";

  private final SimulatedServer server;
  private final SimulatedOAuth oauth;
  private final WebhookSender webhooks;
  private final Map<String, byte[]> documents = new ConcurrentHashMap<>();
  private final AcmeRecords history = new AcmeRecords();
  private final List<String> tokensSeen = new CopyOnWriteArrayList<>();
  private final InstantSource clock;

  AcmeCloud(InstantSource clock) {
    this.clock = clock;
    this.server = new SimulatedServer(clock);
    this.oauth = new SimulatedOAuth("acme-app", CLIENT_SECRET, clock);
    this.webhooks = new WebhookSender(AcmeCloud::sign, clock).repeatAfter(List.of());
    oauth.scopes(Set.of("read:run", "read:nap"));
    oauth.mount(server, "/authorize", "/token");
    server.route("GET", "/v1/me", known(this::me));
    server.route(
        "GET", "/v1/history/{type}", known(call -> history.page(call.account(), call.request())));
    server.route("GET", "/v1/{type}/{id}", known(this::document));
    server.route("GET", "/v1/{type}", known(this::document));
    server.route("DELETE", "/v1/access", known(this::revoke));
    server.start();
  }

  /** Only for requests with a living token. */
  private io.cloudconnector.simulator.Route known(Function<Call, SimulatedReply> route) {
    return request -> {
      request.bearerToken().ifPresent(tokensSeen::add);
      return request
          .bearerToken()
          .flatMap(oauth::holder)
          .map(holder -> route.apply(new Call(request, holder.accountId())))
          .orElseGet(() -> SimulatedReply.empty(401));
    };
  }

  private record Call(SimulatedRequest request, String account) {}

  private SimulatedReply me(Call call) {
    return SimulatedReply.json(200, JsonText.object().text("id", call.account()).toString());
  }

  private SimulatedReply document(Call call) {
    byte[] document = documents.get(call.account() + call.request().path());
    return document == null
        ? SimulatedReply.text(404, "no such document")
        : SimulatedReply.json(200, document);
  }

  private SimulatedReply revoke(Call call) {
    oauth.revoke(call.account());
    return SimulatedReply.empty(204);
  }

  static Map<String, String> sign(byte[] body, Instant at) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(WEBHOOK_SECRET.getBytes(UTF_8), "HmacSHA256"));
      String time = Long.toString(at.toEpochMilli());
      mac.update(time.getBytes(UTF_8));
      String signature = Base64.getEncoder().encodeToString(mac.doFinal(body));
      return Map.of("X-Acme-Time", time, "X-Acme-Signature", signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** A new account; it is the next to consent. */
  String newAccount() {
    String account = "acc-" + UUID.randomUUID();
    oauth.addAccount(account);
    return account;
  }

  /** What the account has at {@code /v1/PATH} from now on. */
  void put(String account, String path, String json) {
    documents.put(account + "/v1/" + path, json.getBytes(UTF_8));
  }

  /** What the account has in its lists. */
  AcmeRecords history() {
    return history;
  }

  /** A run in the lists and by itself; no webhook tells of it. */
  void ran(String account, String id, Instant at, String note) {
    String json = AcmeRecords.json(id, note);
    history.put(account, "run", id, at, json);
    put(account, "run/" + id, json);
  }

  /** Sends a signed notice of a new trace. */
  Delivery notice(String account, String type, String id) {
    return send(noticeText(account, type, id, UUID.randomUUID().toString())).getFirst();
  }

  List<Delivery> send(String body) {
    return webhooks.send("notice", body);
  }

  /** Sends a notice and waits for the answer. */
  int deliver(String body) throws InterruptedException {
    Delivery delivery = send(body).getFirst();
    delivery.awaitOver(Duration.ofSeconds(20));
    return delivery.statuses().getLast();
  }

  /** One request with several notices. */
  static String batchText(String... notices) {
    return "{\"notices\":[" + String.join(",", notices) + "]}";
  }

  static String noticeText(String account, String type, String id, String trace) {
    return JsonText.object()
        .text("account", account)
        .text("type", type)
        .text("id", id)
        .text("trace", trace)
        .toString();
  }

  WebhookSender webhooks() {
    return webhooks;
  }

  SimulatedOAuth oauth() {
    return oauth;
  }

  Faults faults() {
    return server.faults();
  }

  RequestLog requests() {
    return server.requests();
  }

  /** Every access token that the host has ever called with. */
  List<String> tokensSeen() {
    return List.copyOf(tokensSeen);
  }

  URI url(String path) {
    return server.url(path);
  }

  InstantSource clock() {
    return clock;
  }

  @Override
  public void close() {
    webhooks.close();
    server.close();
  }
}
