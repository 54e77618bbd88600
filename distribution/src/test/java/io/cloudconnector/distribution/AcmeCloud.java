package io.cloudconnector.distribution;

import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.Hmac;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedVendor;
import io.cloudconnector.simulator.WebhookSigner;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The vendor of the archetype's example, with one person who walks. */
final class AcmeCloud extends SimulatedVendor {
  private static final String PERSON = "walker-1";
  private static final String DAY = "2026-01-14";
  private static final Map<String, String> ENDPOINTS =
      Map.of("base", "", "auth", "/oauth/authorize", "token", "/oauth/token");

  AcmeCloud() {
    super("acme", ENDPOINTS, AcmeCloud::signer, InstantSource.system());
    server().route("GET", "/v1/me", request -> toHolder(request, "{\"id\":\"%s\"}"::formatted));
    server().route("GET", "/v1/steps/" + DAY, request -> toHolder(request, person -> document()));
  }

  private static WebhookSigner signer(Hmac hmac) {
    return (body, at) -> Map.of("X-Acme-Signature", HexFormat.of().formatHex(hmac.of(body)));
  }

  private SimulatedReply toHolder(SimulatedRequest request, UnaryOperator<String> answer) {
    return request
        .bearerToken()
        .flatMap(oauth()::holder)
        .map(holder -> SimulatedReply.json(200, answer.apply(holder.accountId())))
        .orElseGet(() -> SimulatedReply.empty(401));
  }

  /** How far the person walked; its form shows whether it is passed on untouched. */
  static String document() {
    return "{ \"day\": \"%s\",  \"km\": 8.10 }".formatted(DAY);
  }

  @Override
  public String addPerson() {
    oauth().addAccount(PERSON);
    return PERSON;
  }

  /** The person walks. */
  @Override
  public List<Delivery> makeChange() {
    String body = "{\"user\":\"%s\",\"day\":\"%s\"}".formatted(PERSON, DAY);
    return webhooks().send(DAY, body);
  }
}
