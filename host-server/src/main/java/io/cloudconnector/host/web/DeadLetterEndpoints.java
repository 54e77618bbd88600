package io.cloudconnector.host.web;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxRow;
import io.cloudconnector.host.store.InboxStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that was given up: to look at, to try again, to let go. */
final class DeadLetterEndpoints {
  private static final Logger log = LoggerFactory.getLogger(DeadLetterEndpoints.class);

  private final Database database;
  private final InboxStore inbox;
  private final InstantSource clock;

  DeadLetterEndpoints(Database database, InstantSource clock) {
    this.database = database;
    this.inbox = new InboxStore(database);
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/dead-letters", false, this::list),
        new Route("POST", "/v1/dead-letters/{id}/replay", false, this::replay),
        new Route("DELETE", "/v1/dead-letters/{id}", false, this::discard));
  }

  private Reply list(Exchange exchange) {
    int limit = Values.number(exchange, "limit", 100, 1, 1000);
    return Reply.json(
        200,
        Map.of("deadLetters", inbox.dead(limit).stream().map(DeadLetterEndpoints::view).toList()));
  }

  private static Map<String, Object> view(InboxRow row) {
    InboxEntry entry = row.entry();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", Long.toString(row.id()));
    view.put("vendor", entry.vendor().name());
    view.put("userId", entry.userId());
    view.put("accountId", entry.accountId());
    view.put("eventType", entry.vendorEventType());
    view.put("resourceType", entry.resource().type());
    view.put("resourceId", entry.resource().id());
    view.put("traceId", entry.traceId());
    view.put("receivedAt", entry.receivedAt().toString());
    view.put("attempts", row.attempts());
    view.put("why", row.lastError());
    return view;
  }

  private Reply replay(Exchange exchange) {
    long id = Values.id(exchange);
    if (!database.write(tx -> inbox.replay(tx, id, clock.instant()))) {
      throw ProblemException.notFound("there is no dead letter of that id");
    }
    log.atInfo().log("Dead letter {} is tried again, by request", id);
    return Reply.empty(202);
  }

  private Reply discard(Exchange exchange) {
    long id = Values.id(exchange);
    if (!database.write(tx -> inbox.discard(tx, id))) {
      throw ProblemException.notFound("there is no dead letter of that id");
    }
    log.atWarn().log("Dead letter {} is discarded, by request; its change is not delivered", id);
    return Reply.empty(204);
  }
}
