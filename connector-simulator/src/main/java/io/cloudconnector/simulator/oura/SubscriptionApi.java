package io.cloudconnector.simulator.oura;

import static java.util.stream.Collectors.joining;

import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.Refusal;
import io.cloudconnector.simulator.Route;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedServer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/** The paths on which the application, by its own id and secret, keeps its subscriptions. */
final class SubscriptionApi {
  private static final String BASE = "/v2/webhook/subscription";
  private static final Set<String> EVENTS = Set.of("create", "update", "delete");
  private static final Set<String> DATA_TYPES = dataTypes();

  private final String clientId;
  private final String clientSecret;
  private final OuraSubscriptions subscriptions;
  private final Challenge challenge;

  SubscriptionApi(
      String clientId, String clientSecret, OuraSubscriptions subscriptions, Challenge challenge) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.subscriptions = subscriptions;
    this.challenge = challenge;
  }

  /** Oura's list names meals too, which it keeps no documents of. */
  private static Set<String> dataTypes() {
    Set<String> types = new TreeSet<>(Set.of("meal"));
    Stream.of(OuraType.values()).map(OuraType::word).forEach(types::add);
    return types;
  }

  void mount(SimulatedServer server) {
    route(server, "GET", BASE, request -> list());
    route(server, "POST", BASE, this::create);
    route(server, "GET", BASE + "/{id}", request -> one(subscriptions.withId(id(request))));
    route(server, "PUT", BASE + "/{id}", this::update);
    route(server, "DELETE", BASE + "/{id}", this::delete);
    route(server, "PUT", BASE + "/renew/{id}", request -> one(subscriptions.renew(id(request))));
  }

  private void route(SimulatedServer server, String method, String path, Route route) {
    server.route(
        method,
        path,
        request -> {
          requireClient(request);
          return route.answer(request);
        });
  }

  private void requireClient(SimulatedRequest request) {
    boolean known =
        request.header("x-client-id").filter(clientId::equals).isPresent()
            && request.header("x-client-secret").filter(clientSecret::equals).isPresent();
    if (!known) {
      throw OuraReplies.refusal(401);
    }
  }

  private SimulatedReply list() {
    String all =
        subscriptions.all().stream()
            .map(subscription -> subscription.json().toString())
            .collect(joining(",", "[", "]"));
    return SimulatedReply.json(200, all);
  }

  private SimulatedReply create(SimulatedRequest request) {
    Map<String, String> fields = fields(request);
    URI callback = callback(required(fields, "callback_url"));
    String token = required(fields, "verification_token");
    String event = known(required(fields, "event_type"), "event_type", EVENTS);
    String data = known(required(fields, "data_type"), "data_type", DATA_TYPES);
    if (subscriptions.find(event, data).isPresent()) {
      throw taken();
    }
    requireAnswer(callback, token);
    return subscriptions
        .add(UUID.randomUUID().toString(), callback, event, data)
        .map(made -> SimulatedReply.json(201, made.json().toString()))
        .orElseThrow(SubscriptionApi::taken);
  }

  private SimulatedReply update(SimulatedRequest request) {
    OuraSubscription old = subscriptions.withId(id(request)).orElseThrow(SubscriptionApi::unknown);
    Map<String, String> fields = fields(request);
    String token = required(fields, "verification_token");
    String url = fields.get("callback_url");
    URI callback = url == null ? old.callbackUrl() : callback(url);
    String event = known(fields.getOrDefault("event_type", old.eventType()), "event_type", EVENTS);
    String data = known(fields.getOrDefault("data_type", old.dataType()), "data_type", DATA_TYPES);
    if (!old.isFor(event, data) && subscriptions.find(event, data).isPresent()) {
      throw taken();
    }
    if (url != null) {
      requireAnswer(callback, token);
    }
    return one(
        subscriptions.change(
            old.id(),
            now -> new OuraSubscription(now.id(), callback, event, data, now.expiresAt())));
  }

  private SimulatedReply delete(SimulatedRequest request) {
    return subscriptions
        .remove(id(request))
        .map(gone -> SimulatedReply.empty(204))
        .orElseThrow(SubscriptionApi::unknown);
  }

  private void requireAnswer(URI callback, String token) {
    boolean met = challenge.isMetBy(callback, token);
    if (subscriptions.takeFailure() || !met) {
      throw OuraReplies.invalid("The callback_url did not give the challenge back");
    }
  }

  private static Map<String, String> fields(SimulatedRequest request) {
    return TextFields.read(request.body())
        .orElseThrow(
            () -> OuraReplies.invalid("body", "body", "JSON decode error", "json_invalid"));
  }

  private static String required(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .orElseThrow(() -> OuraReplies.invalid("body", name, "Field required", "missing"));
  }

  private static String known(String value, String field, Set<String> values) {
    if (!values.contains(value)) {
      throw OuraReplies.invalid(
          "body", field, "Input should be " + String.join(", ", values), "enum");
    }
    return value;
  }

  private static URI callback(String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException _) {
      // Told below, like every other text that is no web address.
    }
    throw OuraReplies.invalid("body", "callback_url", "Input should be a valid URL", "url_parsing");
  }

  private static String id(SimulatedRequest request) {
    return request.part("id");
  }

  private static SimulatedReply one(Optional<OuraSubscription> found) {
    return found
        .map(subscription -> SimulatedReply.json(200, subscription.json().toString()))
        .orElseThrow(SubscriptionApi::unknown);
  }

  /** Oura says forbidden where others say not found. */
  private static Refusal unknown() {
    return OuraReplies.refusal(403);
  }

  private static Refusal taken() {
    JsonText json = JsonText.object().text("detail", "There is a subscription for this already");
    return new Refusal(SimulatedReply.json(409, json.toString()));
  }
}
