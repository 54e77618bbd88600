package io.cloudconnector.host.web;

import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.NewQuarantine;
import io.cloudconnector.host.store.Quarantine;
import io.cloudconnector.host.store.QuarantineKind;
import io.cloudconnector.host.store.QuarantineStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Genuine webhooks that nobody could read: to look at, to read again after a repair, to let go. */
final class QuarantineEndpoints {
  private static final Logger log = LoggerFactory.getLogger(QuarantineEndpoints.class);

  private final Database database;
  private final QuarantineStore quarantine;
  private final AuditLog audit;
  private final QuarantineReplay replay;

  QuarantineEndpoints(Database database, AuditLog audit, QuarantineReplay replay) {
    this.database = database;
    this.quarantine = new QuarantineStore(database);
    this.audit = audit;
    this.replay = replay;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/quarantine", false, this::list),
        new Route("POST", "/v1/quarantine/replay", false, this::replayKind),
        new Route("GET", "/v1/quarantine/{id}", false, this::look),
        new Route("POST", "/v1/quarantine/{id}/replay", false, this::replay),
        new Route("DELETE", "/v1/quarantine/{id}", false, this::discard));
  }

  private Reply list(Exchange exchange) {
    int limit = Values.number(exchange, "limit", 100, 1, 1000);
    List<Quarantine> page =
        quarantine.list(FaultRequests.quarantine(exchange), Values.after(exchange), limit);
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("quarantine", page.stream().map(QuarantineEndpoints::view).toList());
    reply.put("next", page.isEmpty() ? null : Long.toString(page.getLast().id()));
    return Reply.json(200, reply);
  }

  private Reply look(Exchange exchange) {
    return Reply.json(200, view(find(Values.id(exchange))));
  }

  private static Map<String, Object> view(Quarantine item) {
    NewQuarantine request = item.request();
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", Long.toString(item.id()));
    view.put("vendor", request.vendor().name());
    view.put("receivedAt", request.receivedAt().toString());
    view.put("method", request.method());
    view.put("why", request.why());
    view.put("bodyBase64", Base64.getEncoder().encodeToString(request.body().toArray()));
    return view;
  }

  private Reply replay(Exchange exchange) {
    Quarantine item = find(Values.id(exchange));
    replay.replay(Actor.key(exchange.caller()), item);
    log.atInfo()
        .addKeyValue("vendor", item.request().vendor())
        .log(
            "Quarantined request {} can be read now, as {} asked; its events are accepted",
            item.id(),
            exchange.caller());
    return Reply.empty(202);
  }

  private Reply replayKind(Exchange exchange) {
    QuarantineKind kind = FaultRequests.quarantineToReplay(exchange);
    QuarantineReplay.Result result = replay.replay(Actor.key(exchange.caller()), kind);
    log.atInfo()
        .addKeyValue("vendor", kind.vendor().orElse(null))
        .log(
            "{} quarantined request(s) can be read now, as {} asked, and {} still cannot",
            result.replayed(),
            exchange.caller(),
            result.left());
    return Reply.json(200, Map.of("replayed", result.replayed(), "left", result.left()));
  }

  private Reply discard(Exchange exchange) {
    String reason = FaultRequests.reason(exchange);
    Quarantine item = find(Values.id(exchange));
    Actor by = Actor.key(exchange.caller());
    Deed deed = QuarantineReplay.deed(by, Action.QUARANTINE_DISCARDED, item).with("reason", reason);
    boolean done =
        database.write(
            tx -> {
              boolean removed = quarantine.remove(tx, item.id());
              if (removed) {
                audit.add(tx, deed);
              }
              return removed;
            });
    if (!done) {
      throw none();
    }
    log.atWarn()
        .addKeyValue("vendor", item.request().vendor())
        .log(
            "Quarantined request {} is discarded by {} ({}); what it told is not delivered",
            item.id(),
            exchange.caller(),
            reason);
    return Reply.empty(204);
  }

  private Quarantine find(long id) {
    return quarantine.find(id).orElseThrow(QuarantineEndpoints::none);
  }

  private static ProblemException none() {
    return ProblemException.notFound("there is nothing of that id in quarantine");
  }
}
