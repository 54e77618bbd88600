package io.cloudconnector.host.web;

import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.StoredSubscription;
import io.cloudconnector.host.store.SubscriptionRow;
import io.cloudconnector.host.store.SubscriptionState;
import io.cloudconnector.host.sync.SubscriptionKeeper;
import io.cloudconnector.host.sync.SubscriptionStanding;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a vendor was found to send webhooks for, and the wish to look again. */
final class SubscriptionEndpoints {
  private final RunningConnectors connectors;
  private final SubscriptionKeeper keeper;
  private final URI publicUrl;

  SubscriptionEndpoints(RunningConnectors connectors, SubscriptionKeeper keeper, URI publicUrl) {
    this.connectors = connectors;
    this.keeper = keeper;
    this.publicUrl = publicUrl;
  }

  List<Route> routes() {
    String path = "/v1/connectors/{vendor}/subscriptions";
    return List.of(
        new Route("GET", path, false, this::show),
        new Route("POST", path + "/check", false, this::check));
  }

  private Reply show(Exchange exchange) {
    return Reply.json(200, view(standing(exchange)));
  }

  private Reply check(Exchange exchange) {
    SubscriptionStanding standing = standing(exchange);
    if (standing.check().state() == SubscriptionState.NOT_ASKED) {
      throw new ProblemException(409, "not-asked", String.valueOf(standing.check().steps()));
    }
    keeper.ask(Actor.key(exchange.caller()), standing.wanted());
    return Reply.empty(202);
  }

  private SubscriptionStanding standing(Exchange exchange) {
    RunningConnector connector = Values.connector(connectors, exchange.path("vendor"));
    return keeper
        .standing(connector.vendor())
        .orElseThrow(
            () ->
                new ProblemException(
                    404,
                    "no-subscriptions",
                    "the connector of %1$s registers no webhooks: enter %2$s/webhooks/%1$s at the vendor, where it has webhooks"
                        .formatted(connector.vendor(), publicUrl)));
  }

  private static Map<String, Object> view(SubscriptionStanding standing) {
    SubscriptionRow check = standing.check();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("vendor", standing.wanted().vendor().name());
    view.put("state", check.state().name().toLowerCase(Locale.ROOT));
    view.put("callbackUrl", standing.wanted().callbackUrl().toString());
    view.put("wantedTypes", standing.wanted().wantedTypes());
    view.put("checkedAt", Values.time(check.checkedAt()));
    view.put("nextCheckAt", Values.time(nextCheck(check)));
    view.put("underWay", standing.underWay());
    view.put("failures", check.failures());
    view.put("lastError", check.lastError());
    view.put("steps", check.steps());
    view.put("conflict", check.conflict());
    view.put("ours", list(standing, true));
    view.put("elsewhere", list(standing, false));
    return view;
  }

  private static @Nullable Instant nextCheck(SubscriptionRow check) {
    boolean timed =
        check.state() != SubscriptionState.NOT_ASKED && !check.dueAt().equals(Instant.EPOCH);
    return timed ? check.dueAt() : null;
  }

  private static List<Map<String, Object>> list(SubscriptionStanding standing, boolean ours) {
    return standing.found().stream()
        .filter(one -> one.ours() == ours)
        .map(SubscriptionEndpoints::view)
        .toList();
  }

  private static Map<String, Object> view(StoredSubscription one) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("resourceType", one.resourceType());
    view.put("event", one.event());
    view.put("id", one.id());
    view.put("callbackUrl", one.callbackUrl());
    view.put("expiresAt", Values.time(one.expiresAt()));
    return view;
  }
}
