package io.cloudconnector.host.web;

import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.host.pipeline.DurableInbox;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.NewQuarantine;
import io.cloudconnector.host.store.Quarantine;
import io.cloudconnector.host.store.QuarantineStore;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Genuine webhooks that nobody could read: to look at, to read again after a repair, to let go. */
final class QuarantineEndpoints {
  private static final Logger log = LoggerFactory.getLogger(QuarantineEndpoints.class);

  private final Database database;
  private final QuarantineStore quarantine;
  private final RunningConnectors connectors;
  private final Function<RunningConnector, DurableInbox> inboxes;

  QuarantineEndpoints(
      Database database,
      RunningConnectors connectors,
      Function<RunningConnector, DurableInbox> inboxes) {
    this.database = database;
    this.quarantine = new QuarantineStore(database);
    this.connectors = connectors;
    this.inboxes = inboxes;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/quarantine", false, this::list),
        new Route("POST", "/v1/quarantine/{id}/replay", false, this::replay),
        new Route("DELETE", "/v1/quarantine/{id}", false, this::discard));
  }

  private Reply list(Exchange exchange) {
    int limit = Values.number(exchange, "limit", 100, 1, 1000);
    List<Quarantine> page = quarantine.list(Values.after(exchange), limit);
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("quarantine", page.stream().map(QuarantineEndpoints::view).toList());
    reply.put("next", page.isEmpty() ? null : Long.toString(page.getLast().id()));
    return Reply.json(200, reply);
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
    long id = Values.id(exchange);
    NewQuarantine kept = quarantine.find(id).map(Quarantine::request).orElseThrow(this::none);
    RunningConnector connector = Values.connector(connectors, kept.vendor().name());
    ReceivedWebhook request =
        ReceivedWebhook.kept(
            kept.method(), kept.url(), kept.headers(), kept.body().toArray(), kept.receivedAt());
    // Its signature was proven when it came; by now it would only be too old.
    inboxes.apply(connector).accept(request, read(connector, request));
    database.execute(tx -> quarantine.remove(tx, id));
    log.atInfo()
        .addKeyValue("vendor", kept.vendor())
        .log("Quarantined request {} can be read now; its events are accepted", id);
    return Reply.empty(202);
  }

  private static List<WebhookEvent> read(RunningConnector connector, ReceivedWebhook request) {
    try {
      return connector.connector().parseEvents(request);
    } catch (RuntimeException e) {
      throw new ProblemException(
          409, "still-unreadable", "the connector still cannot read this request");
    }
  }

  private Reply discard(Exchange exchange) {
    long id = Values.id(exchange);
    if (!database.write(tx -> quarantine.remove(tx, id))) {
      throw none();
    }
    log.atWarn().log("Quarantined request {} is discarded, by request", id);
    return Reply.empty(204);
  }

  private ProblemException none() {
    return ProblemException.notFound("there is nothing of that id in quarantine");
  }
}
