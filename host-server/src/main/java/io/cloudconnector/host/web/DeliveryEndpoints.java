package io.cloudconnector.host.web;

import io.cloudconnector.host.delivery.Cursor;
import io.cloudconnector.host.delivery.Delivery;
import io.cloudconnector.host.delivery.DeliveryStatus;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.ParkedEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The delivery webhook: to look at, to send again from, to resume. */
final class DeliveryEndpoints {
  private static final Logger log = LoggerFactory.getLogger(DeliveryEndpoints.class);

  private final Optional<Delivery> configured;

  DeliveryEndpoints(Optional<Delivery> configured) {
    this.configured = configured;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/delivery", false, this::status),
        new Route("POST", "/v1/delivery/replay", false, this::replay),
        new Route("POST", "/v1/delivery/resume", false, this::resume),
        new Route("GET", "/v1/delivery/parked", false, this::parked),
        new Route("POST", "/v1/delivery/parked/{id}/replay", false, this::replayParked),
        new Route("DELETE", "/v1/delivery/parked/{id}", false, this::discardParked));
  }

  private Delivery delivery() {
    return configured.orElseThrow(
        () ->
            new ProblemException(
                404, "no-delivery-webhook", "delivery.webhook is not configured on this host"));
  }

  private Reply status(Exchange exchange) {
    DeliveryStatus status = delivery().status();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("url", status.url());
    view.put("state", status.state().name().toLowerCase(Locale.ROOT));
    view.put("since", status.since().toString());
    view.put("why", status.why().orElse(null));
    view.put("position", status.position().text());
    view.put("lagEvents", status.lag());
    view.put("lagSeconds", status.lagSeconds());
    view.put("oldestUndeliveredAt", status.oldest().map(Instant::toString).orElse(null));
    view.put("parked", status.parked());
    return Reply.json(200, view);
  }

  private Reply replay(Exchange exchange) {
    Delivery delivery = delivery();
    String text = Values.text(exchange.json("after"), "after");
    Cursor after = EventEndpoints.cursor(text, "'after' is no cursor of this feed");
    return switch (delivery.replay(by(exchange), after)) {
      case DONE -> {
        log.atInfo().log(
            "Everything after {} is delivered again, as {} asked", text, exchange.caller());
        yield Reply.empty(202);
      }
      case EXPIRED -> throw EventEndpoints.expired();
      case AHEAD ->
          throw new ProblemException(
              409,
              "not-delivered-yet",
              "the webhook has not come so far: all after its 'position' is sent anyway");
    };
  }

  private Reply resume(Exchange exchange) {
    if (!delivery().resume(by(exchange))) {
      throw new ProblemException(409, "not-parked", "the webhook is not parked");
    }
    log.atInfo().log("Delivery is resumed, as {} asked", exchange.caller());
    return Reply.empty(202);
  }

  private Reply parked(Exchange exchange) {
    Delivery delivery = delivery();
    Cursor after =
        exchange
            .query("after")
            .map(text -> EventEndpoints.cursor(text, "'after' is no id of this list"))
            .orElse(Cursor.START);
    int limit = Values.number(exchange, "limit", 100, 1, 1000);
    List<ParkedEvent> events = delivery.parked(after, limit);
    Cursor next = events.isEmpty() ? after : new Cursor(events.getLast().event().seq());
    return Reply.json(
        200,
        Map.of(
            "parked", events.stream().map(DeliveryEndpoints::view).toList(), "next", next.text()));
  }

  private static Map<String, Object> view(ParkedEvent parked) {
    NewEvent event = parked.event().event();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", new Cursor(parked.event().seq()).text());
    view.put("eventId", event.id());
    view.put("type", event.type());
    view.put("vendor", event.vendor().name());
    view.put("userId", event.userId());
    view.put("resourceType", event.resourceType());
    view.put("resourceId", event.resourceId());
    view.put("traceId", event.traceId());
    view.put("time", event.time().toString());
    view.put("parkedAt", parked.parkedAt().toString());
    view.put("attempts", parked.attempts());
    view.put("why", parked.why());
    view.put("replaying", parked.wanted());
    return view;
  }

  private Reply replayParked(Exchange exchange) {
    Delivery delivery = delivery();
    Cursor event = id(exchange);
    if (!delivery.replayParked(by(exchange), event)) {
      throw none();
    }
    log.atInfo().log(
        "Parked event {} is sent once more, as {} asked", event.text(), exchange.caller());
    return Reply.empty(202);
  }

  private Reply discardParked(Exchange exchange) {
    Delivery delivery = delivery();
    Cursor event = id(exchange);
    if (!delivery.discardParked(by(exchange), event)) {
      throw none();
    }
    log.atWarn()
        .log(
            "Parked event {} is discarded by {}; it is not delivered",
            event.text(),
            exchange.caller());
    return Reply.empty(204);
  }

  private static Actor by(Exchange exchange) {
    return Actor.key(exchange.caller());
  }

  private static Cursor id(Exchange exchange) {
    return Cursor.parse(exchange.path("id")).orElseThrow(DeliveryEndpoints::none);
  }

  private static ProblemException none() {
    return ProblemException.notFound("there is no parked event of that id");
  }
}
