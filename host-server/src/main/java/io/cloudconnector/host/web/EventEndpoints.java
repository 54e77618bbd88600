package io.cloudconnector.host.web;

import io.cloudconnector.host.delivery.CloudEvents;
import io.cloudconnector.host.delivery.Cursor;
import io.cloudconnector.host.delivery.CursorExpiredException;
import io.cloudconnector.host.delivery.EventFeed;
import io.cloudconnector.host.delivery.FeedPage;
import io.cloudconnector.host.store.LoggedEvent;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The event log, for reading. */
final class EventEndpoints {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1000;
  private static final int LONGEST_WAIT = 60;

  private final EventFeed feed;
  private final EventStreams streams;

  EventEndpoints(EventFeed feed, EventStreams streams) {
    this.feed = feed;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/events", false, this::page),
        new Route("GET", "/v1/events/stream", false, this::stream));
  }

  private Reply page(Exchange exchange) {
    Cursor after = after(exchange);
    int limit = Values.number(exchange, "limit", DEFAULT_LIMIT, 1, MOST);
    int wait = Values.number(exchange, "wait", 0, 0, LONGEST_WAIT);
    return unlessExpired(() -> reply(feed.page(after, limit, Duration.ofSeconds(wait))));
  }

  private Reply stream(Exchange exchange) {
    Cursor asked = after(exchange);
    Cursor after = lastEventId(exchange).orElse(asked);
    boolean headOnly = exchange.request().getMethod().equals("HEAD");
    return unlessExpired(() -> streams.stream(after, headOnly));
  }

  private static Cursor after(Exchange exchange) {
    return exchange
        .query("after")
        .map(text -> cursor(text, "'after' is no cursor of this feed; use 'next' of a page"))
        .orElse(Cursor.OLDEST);
  }

  /** Of a reader that comes back; its program sends no header before the first event. */
  private static Optional<Cursor> lastEventId(Exchange exchange) {
    return exchange
        .header("Last-Event-ID")
        .filter(text -> !text.isEmpty())
        .map(text -> cursor(text, "Last-Event-ID is no id of this stream"));
  }

  static Cursor cursor(String text, String otherwise) {
    return Cursor.parse(text).orElseThrow(() -> ProblemException.badRequest(otherwise));
  }

  private static Reply unlessExpired(Supplier<Reply> reply) {
    try {
      return reply.get();
    } catch (CursorExpiredException e) {
      throw expired();
    }
  }

  static ProblemException expired() {
    return new ProblemException(
        410,
        "cursor-expired",
        "the event log does not go on from this cursor; read again without 'after'");
  }

  private static Reply reply(FeedPage page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("events");
      for (LoggedEvent event : page.events()) {
        CloudEvents.write(json, event);
      }
      json.writeEndArray();
      json.writeStringProperty("next", page.next().text());
      json.writeEndObject();
    }
    return Reply.bytes(200, "application/json", bytes.toByteArray());
  }
}
