package io.cloudconnector.testkit.thorough;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Subscription;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** One hook for each type; one per type is allowed. */
record ThoroughSubscriptions(ConnectorContext context, URI hooks) implements Subscriptions {
  private record Hook(String id, String type, URI url) {
    Subscription told() {
      return Subscription.of(type, url).id(id);
    }
  }

  @Override
  public SubscriptionResult reconcile(SubscriptionRequest request) {
    List<Hook> there = list();
    for (Hook hook : there) {
      if (isOurs(hook, request) && !request.wantedTypes().contains(hook.type())) {
        send(HttpCall.of("DELETE", URI.create(hooks + "/" + hook.id())));
      }
    }
    for (String type : request.wantedTypes()) {
      if (there.stream().noneMatch(hook -> hook.type().equals(type))) {
        create(type, request.callbackUrl());
      }
    }
    return SubscriptionResult.upToDate(
        context.clock().instant().plus(Duration.ofDays(1)),
        told(there, request, true),
        told(there, request, false));
  }

  private static List<Subscription> told(
      List<Hook> there, SubscriptionRequest request, boolean ours) {
    return there.stream()
        .filter(hook -> request.wantedTypes().contains(hook.type()))
        .filter(hook -> isOurs(hook, request) == ours)
        .map(Hook::told)
        .toList();
  }

  private static boolean isOurs(Hook hook, SubscriptionRequest request) {
    return hook.url().equals(request.callbackUrl());
  }

  private List<Hook> list() {
    return Json.parse(send(HttpCall.get(hooks)).body()).elements().stream()
        .map(
            hook ->
                new Hook(
                    hook.at("/id").id(),
                    hook.at("/type").text(),
                    URI.create(hook.at("/url").text())))
        .toList();
  }

  private void create(String type, URI callback) {
    context.state().writeIfAbsent(ThoroughConnector.TOKEN, Secret.of("made-up-fixed-token"));
    Secret token = context.state().read(ThoroughConnector.TOKEN).orElseThrow();
    String body =
        "{\"type\":\"%s\",\"url\":\"%s\",\"token\":\"%s\"}"
            .formatted(type, callback, token.reveal());
    send(HttpCall.of("POST", hooks).body(body.getBytes(UTF_8), "application/json"));
  }

  private HttpReply send(HttpCall call) {
    HttpReply reply = context.http().send(call);
    if (reply.status() == 429) {
      throw new RateLimitException("Thorough wants fewer calls");
    }
    if (reply.status() / 100 != 2) {
      throw new VendorApiException("Thorough answered " + reply.status(), reply.status());
    }
    return reply;
  }
}
