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
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The event log, for reading. */
final class EventEndpoints {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int DEFAULT_LIMIT = 100;
  private static final int MOST = 1000;
  private static final int LONGEST_WAIT = 60;

  private final EventFeed feed;

  EventEndpoints(EventFeed feed) {
    this.feed = feed;
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/v1/events", false, this::page));
  }

  private Reply page(Exchange exchange) {
    Cursor after =
        exchange
            .query("after")
            .map(
                text ->
                    Cursor.parse(text)
                        .orElseThrow(
                            () ->
                                ProblemException.badRequest(
                                    "'after' is no cursor of this feed; use 'next' of a page")))
            .orElse(Cursor.START);
    int limit = Values.number(exchange, "limit", DEFAULT_LIMIT, 1, MOST);
    int wait = Values.number(exchange, "wait", 0, 0, LONGEST_WAIT);
    try {
      return reply(feed.page(after, limit, Duration.ofSeconds(wait)));
    } catch (CursorExpiredException e) {
      throw new ProblemException(
          410,
          "cursor-expired",
          "the event log does not go on from this cursor; read again without 'after'");
    }
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
