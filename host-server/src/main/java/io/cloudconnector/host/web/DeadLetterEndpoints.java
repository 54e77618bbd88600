package io.cloudconnector.host.web;

import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DeadLetter;
import io.cloudconnector.host.store.DeadLetterKind;
import io.cloudconnector.host.store.DeadLetterStore;
import io.cloudconnector.host.store.Deed;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Work that was given up: to look at, to try again, to let go. */
final class DeadLetterEndpoints {
  private static final Logger log = LoggerFactory.getLogger(DeadLetterEndpoints.class);

  private final Database database;
  private final DeadLetterStore letters;
  private final AuditLog audit;
  private final InstantSource clock;

  DeadLetterEndpoints(Database database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.letters = new DeadLetterStore(database);
    this.audit = audit;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/dead-letters", false, this::list),
        new Route("POST", "/v1/dead-letters/replay", false, this::replayKind),
        new Route("GET", "/v1/dead-letters/{id}", false, this::look),
        new Route("POST", "/v1/dead-letters/{id}/replay", false, this::replay),
        new Route("DELETE", "/v1/dead-letters/{id}", false, this::discard));
  }

  private Reply list(Exchange exchange) {
    int limit = Values.number(exchange, "limit", 100, 1, 1000);
    List<DeadLetter> page =
        letters.list(FaultRequests.deadLetters(exchange), Values.after(exchange), limit);
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("deadLetters", page.stream().map(DeadLetterEndpoints::view).toList());
    reply.put("next", page.isEmpty() ? null : Long.toString(page.getLast().id()));
    return Reply.json(200, reply);
  }

  private Reply look(Exchange exchange) {
    long id = Values.id(exchange);
    Map<String, Object> view = view(find(id));
    letters
        .body(id)
        .map(body -> Base64.getEncoder().encodeToString(body.toArray()))
        .ifPresent(body -> view.put("bodyBase64", body));
    return Reply.json(200, view);
  }

  private DeadLetter find(long id) {
    return letters.find(id).orElseThrow(DeadLetterEndpoints::none);
  }

  private static Map<String, Object> view(DeadLetter letter) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", Long.toString(letter.id()));
    view.put("vendor", letter.vendor().name());
    view.put("userId", letter.userId());
    view.put("accountId", letter.accountId());
    view.put("eventType", letter.eventType());
    view.put("resourceType", letter.resourceType());
    view.put("resourceId", letter.resourceId());
    view.put("traceId", letter.traceId());
    view.put("receivedAt", letter.receivedAt().toString());
    view.put("attempts", letter.attempts());
    view.put("why", letter.why());
    return view;
  }

  private Reply replay(Exchange exchange) {
    DeadLetter letter = find(Values.id(exchange));
    Deed deed = deed(exchange, Action.DEAD_LETTER_REPLAYED, letter);
    change(tx -> letters.replay(tx, letter.id(), clock.instant()), deed);
    line(Level.INFO, letter)
        .log("Dead letter {} is tried again, as {} asked", letter.id(), exchange.caller());
    return Reply.empty(202);
  }

  /** Does it and notes who did, or finds that there is nothing to do it to. */
  private void change(Predicate<Handle> change, Deed deed) {
    boolean done =
        database.write(
            tx -> {
              boolean changed = change.test(tx);
              if (changed) {
                audit.add(tx, deed);
              }
              return changed;
            });
    if (!done) {
      throw none();
    }
  }

  private static Deed deed(Exchange exchange, Action action, DeadLetter letter) {
    return Deed.of(Actor.key(exchange.caller()), action)
        .at(letter.vendor())
        .about(letter.userId())
        .with("id", Long.toString(letter.id()));
  }

  private static Deed deed(Exchange exchange, DeadLetterKind kind) {
    Deed deed =
        Deed.of(Actor.key(exchange.caller()), Action.DEAD_LETTERS_REPLAYED)
            .at(kind.vendor().orElse(null))
            .about(kind.userId().orElse(null));
    Deed typed = kind.resourceType().map(type -> deed.with("resourceType", type)).orElse(deed);
    return kind.why().map(why -> typed.with("why", why)).orElse(typed);
  }

  private Reply replayKind(Exchange exchange) {
    DeadLetterKind kind = FaultRequests.deadLettersToReplay(exchange);
    // Before the first of many steps: whoever breaks it off has done some of it.
    database.execute(tx -> audit.add(tx, deed(exchange, kind)));
    long replayed = letters.replay(kind, clock.instant());
    log.atInfo()
        .addKeyValue("vendor", kind.vendor().orElse(null))
        .log("{} dead letter(s) are tried again, as {} asked", replayed, exchange.caller());
    return Reply.json(200, Map.of("replayed", replayed));
  }

  private Reply discard(Exchange exchange) {
    String reason = FaultRequests.reason(exchange);
    DeadLetter letter = find(Values.id(exchange));
    Deed deed = deed(exchange, Action.DEAD_LETTER_DISCARDED, letter).with("reason", reason);
    change(tx -> letters.discard(tx, letter.id()), deed);
    line(Level.WARN, letter)
        .log(
            "Dead letter {} is discarded by {} ({}); its change is not delivered",
            letter.id(),
            exchange.caller(),
            reason);
    return Reply.empty(204);
  }

  private static LoggingEventBuilder line(Level level, DeadLetter letter) {
    return log.atLevel(level)
        .addKeyValue("vendor", letter.vendor())
        .addKeyValue("user_id", letter.userId())
        .addKeyValue("event_type", letter.eventType())
        .addKeyValue("trace_id", letter.traceId());
  }

  private static ProblemException none() {
    return ProblemException.notFound("there is no dead letter of that id");
  }
}
