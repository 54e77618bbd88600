package io.cloudconnector.simulator.acme;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Hmac;
import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.SimulatedLimits;
import io.cloudconnector.simulator.SimulatedLimits.Limit;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedVendor;
import io.cloudconnector.simulator.WebhookSigner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Acme counts steps, and sends a signed webhook whenever the count of somebody grows. */
public final class AcmeCloud extends SimulatedVendor {
  private static final Map<String, String> ENDPOINTS =
      Map.of("base", "/api", "auth", "/authorize", "token", "/token");

  private final Map<String, Integer> steps = new ConcurrentHashMap<>();

  public AcmeCloud(InstantSource clock) {
    super("acme", ENDPOINTS, AcmeCloud::signer, clock);
    server().filter("/api/", new SimulatedLimits(clock, new Limit(60, Duration.ofMinutes(1))));
    server().route("GET", "/api/steps/{day}", this::steps);
  }

  private static WebhookSigner signer(Hmac hmac) {
    return (body, at) -> Map.of("X-Acme-Signature", HexFormat.of().formatHex(hmac.of(body)));
  }

  private SimulatedReply steps(SimulatedRequest request) {
    return request
        .bearerToken()
        .flatMap(oauth()::holder)
        .map(holder -> steps.getOrDefault(holder.accountId(), 0))
        .map(count -> JsonText.object().text("day", request.part("day")).number("steps", count))
        .map(document -> SimulatedReply.json(200, document.toString()))
        .orElseGet(() -> SimulatedReply.empty(401));
  }

  @Override
  public String addPerson() {
    String account = "acme-" + (steps.size() + 1);
    steps.put(account, 0);
    oauth().addAccount(account);
    return account;
  }

  @Override
  public List<Delivery> makeChange() {
    return steps.keySet().stream()
        .filter(oauth()::linked)
        .findAny()
        .map(this::walk)
        .orElseGet(List::of);
  }

  private List<Delivery> walk(String account) {
    int count = steps.merge(account, 100, Integer::sum);
    String notice = JsonText.object().text("user", account).text("day", "today").toString();
    return webhooks().send(account + "-" + count, notice);
  }
}
