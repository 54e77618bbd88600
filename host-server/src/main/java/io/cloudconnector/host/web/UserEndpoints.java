package io.cloudconnector.host.web;

import io.cloudconnector.host.person.PersonErasure;
import io.cloudconnector.host.person.PersonExport;
import io.cloudconnector.host.store.Actor;
import java.util.List;

/** What is held about one person: to be handed out, and to be erased. */
final class UserEndpoints {
  private final PersonExport export;
  private final PersonErasure erasure;

  UserEndpoints(PersonExport export, PersonErasure erasure) {
    this.export = export;
    this.erasure = erasure;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/users/{userId}/export", false, this::export),
        new Route("DELETE", "/v1/users/{userId}", false, this::erase));
  }

  private Reply export(Exchange exchange) {
    String userId = Values.userId(exchange.path("userId"));
    export.note(Actor.key(exchange.caller()), userId);
    return Reply.stream("application/json", out -> export.write(out, userId));
  }

  /** Also of somebody who is not known: whether they ever were is nobody's business afterwards. */
  private Reply erase(Exchange exchange) {
    erasure.erase(Actor.key(exchange.caller()), Values.userId(exchange.path("userId")));
    return Reply.empty(204);
  }
}
