package io.cloudconnector.host.acme;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Subscription;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** One subscription for each type; the vendor drops it after its time. */
record CirrusSubscriptions(ConnectorContext context) implements Subscriptions {
  private static final Duration RENEWED_AHEAD = Duration.ofDays(7);

  @Override
  public SubscriptionResult reconcile(SubscriptionRequest request) {
    // Before the vendor is asked: it tests the address with it, perhaps at another host.
    context.state().writeIfAbsent(CirrusConnector.TOKEN, Secret.of("token-" + UUID.randomUUID()));
    List<Subscription> ours = new ArrayList<>();
    List<Subscription> elsewhere = new ArrayList<>();
    Set<String> missing = new HashSet<>(request.wantedTypes());
    for (Subscription found : list()) {
      boolean isOurs = found.callbackUrl().equals(request.callbackUrl());
      if (isOurs && !request.wantedTypes().contains(found.resourceType())) {
        call(HttpCall.of("DELETE", url("/" + found.id().orElseThrow())), 204);
      } else if (isOurs) {
        missing.remove(found.resourceType());
        ours.add(renewed(found));
      } else if (request.takeOver()) {
        call(HttpCall.of("DELETE", url("/" + found.id().orElseThrow())), 204);
      } else if (missing.remove(found.resourceType())) {
        elsewhere.add(found);
      }
    }
    new TreeSet<>(missing).forEach(type -> ours.add(created(type, request.callbackUrl())));
    return SubscriptionResult.upToDate(firstEnd(ours).minus(RENEWED_AHEAD), ours, elsewhere);
  }

  private Instant firstEnd(List<Subscription> ours) {
    return ours.stream()
        .map(one -> one.expiresAt().orElseThrow())
        .min(Instant::compareTo)
        .orElseGet(() -> context.clock().instant().plus(Duration.ofDays(30)));
  }

  private Subscription renewed(Subscription found) {
    Instant soon = context.clock().instant().plus(RENEWED_AHEAD);
    return found.expiresAt().orElseThrow().isAfter(soon)
        ? found
        : read(call(HttpCall.of("PUT", url("/" + found.id().orElseThrow())), 200));
  }

  private Subscription created(String type, URI callback) {
    Secret token = context.state().read(CirrusConnector.TOKEN).orElseThrow();
    HttpCall call =
        HttpCall.of("POST", url(""))
            .form(Map.of("type", type, "url", callback.toString(), "token", token.reveal()));
    return read(call(call, 201));
  }

  private List<Subscription> list() {
    return call(HttpCall.get(url("")), 200).at("/data").elements().stream()
        .map(CirrusSubscriptions::read)
        .toList();
  }

  private static Subscription read(Json json) {
    return Subscription.of(json.at("/type").text(), URI.create(json.at("/url").text()))
        .id(json.at("/id").text())
        .event("changed")
        .expiresAt(Instant.parse(json.at("/ends").text()));
  }

  private Json call(HttpCall call, int wanted) {
    HttpReply reply = context.http().send(call);
    if (reply.status() != wanted) {
      throw new VendorApiException("the vendor answered " + reply.status(), reply.status());
    }
    return Json.parse(wanted == 204 ? new byte[] {'{', '}'} : reply.body());
  }

  private URI url(String path) {
    return URI.create(context.config().endpoint("base").orElseThrow() + "/subscriptions" + path);
  }
}
