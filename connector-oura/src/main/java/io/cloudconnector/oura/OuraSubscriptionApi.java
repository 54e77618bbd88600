package io.cloudconnector.oura;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import io.cloudconnector.core.JsonObject;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.RetryAfter;
import io.cloudconnector.oura.OuraSubscription.Topic;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls at {@code /v2/webhook/subscription}: of the application, which proves itself by two
 * headers. A subscription that Oura does not have is a 403 there and not a 404.
 */
record OuraSubscriptionApi(ConnectorContext context, Function<String, URI> url) {
  private static final Logger log = LoggerFactory.getLogger(OuraSubscriptionApi.class);
  private static final String PATH = "/v2/webhook/subscription";

  /** All subscriptions of the application. One that cannot be read is told of and left out. */
  List<OuraSubscription> list() {
    List<OuraSubscription> all = new ArrayList<>();
    for (Json entry : Json.parse(answer(HttpCall.get(url.apply(PATH))).body()).elements()) {
      try {
        all.add(OuraSubscription.read(entry));
      } catch (JsonException unreadable) {
        log.atWarn()
            .addKeyValue("vendor", "oura")
            .addKeyValue("why", unreadable.getMessage())
            .log("a webhook subscription that Oura lists cannot be read; it is left alone");
      }
    }
    return all;
  }

  /** Oura tests the callback address before it answers. */
  OuraSubscription create(Topic topic, URI callback, Secret token) {
    return read(answer(json("POST", PATH, topic, callback, token)));
  }

  /** Makes one send to the callback address; empty when Oura does not have it any more. */
  Optional<OuraSubscription> update(OuraSubscription subscription, URI callback, Secret token) {
    return known(json("PUT", at(subscription), subscription.topic(), callback, token))
        .map(OuraSubscriptionApi::read);
  }

  /** Gives one a new end; empty when Oura does not have it any more. */
  Optional<OuraSubscription> renew(OuraSubscription subscription) {
    return known(HttpCall.of("PUT", url.apply(PATH + "/renew/" + subscription.id())))
        .map(OuraSubscriptionApi::read);
  }

  void delete(OuraSubscription subscription) {
    known(HttpCall.of("DELETE", url.apply(at(subscription))));
  }

  private static String at(OuraSubscription subscription) {
    return PATH + "/" + subscription.id();
  }

  private HttpCall json(String method, String path, Topic topic, URI callback, Secret token) {
    JsonObject body =
        JsonObject.empty()
            .text("callback_url", callback.toString())
            .text("verification_token", token.reveal())
            .text("event_type", topic.event())
            .text("data_type", topic.dataType());
    return HttpCall.of(method, url.apply(path)).body(body.bytes(), "application/json");
  }

  private static OuraSubscription read(HttpReply reply) {
    return OuraSubscription.read(Json.parse(reply.body()));
  }

  private HttpReply answer(HttpCall call) {
    HttpReply reply = send(call);
    if (reply.status() / 100 != 2) {
      throw fault(call, reply);
    }
    return reply;
  }

  private Optional<HttpReply> known(HttpCall call) {
    HttpReply reply = send(call);
    if (reply.status() == 403 || reply.status() == 404) {
      return Optional.empty();
    }
    if (reply.status() / 100 != 2) {
      throw fault(call, reply);
    }
    return Optional.of(reply);
  }

  private HttpReply send(HttpCall call) {
    return context
        .http()
        .send(
            call.header("x-client-id", context.config().clientId())
                .header("x-client-secret", context.config().clientSecret().reveal())
                .header("Accept", "application/json"));
  }

  private ConnectorException fault(HttpCall call, HttpReply reply) {
    String told =
        "Oura answered %d to %s%s"
            .formatted(
                reply.status(),
                call,
                OuraRefusal.reason(reply).map(why -> ": " + Masked.words(why)).orElse(""));
    return switch (reply.status()) {
      case 401 -> new OAuthException(told + "; check the client id and the client secret");
      case 429 ->
          RetryAfter.of(reply, context.clock().instant())
              .map(wait -> new RateLimitException(told, wait))
              .orElseGet(() -> new RateLimitException(told));
      default -> new VendorApiException(told, reply.status());
    };
  }
}
