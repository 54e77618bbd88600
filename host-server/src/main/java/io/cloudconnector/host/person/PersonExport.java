package io.cloudconnector.host.person;

import io.cloudconnector.host.delivery.CloudEvents;
import io.cloudconnector.host.history.Backfills;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.CoverageStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.DocumentStore;
import io.cloudconnector.host.store.EventKey;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.LinkStore;
import io.cloudconnector.host.store.PersonalInbox;
import io.cloudconnector.host.store.RevocationStore;
import io.cloudconnector.host.store.StoredConnection;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that is held about a person as one JSON object, but for secrets. Written while it is read, so
 * a person of any size takes little memory. Thread-safe.
 */
public final class PersonExport {
  /** What broke off in the middle must not look whole. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private static final int LOOKED_AT_ONCE = 5_000;

  private final Database database;
  private final ConnectionStore connections;
  private final LinkStore links;
  private final RevocationStore revocations;
  private final PersonalInbox inbox;
  private final Backfills backfills;
  private final CoverageStore coverage;
  private final DocumentStore documents;
  private final EventLog events;
  private final AuditLog audit;
  private final InstantSource clock;

  public PersonExport(Database database, Backfills backfills, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.connections = new ConnectionStore(database);
    this.links = new LinkStore(database);
    this.revocations = new RevocationStore(database);
    this.inbox = new PersonalInbox(database);
    this.backfills = backfills;
    this.coverage = new CoverageStore(database);
    this.documents = new DocumentStore(database);
    this.events = new EventLog(database);
    this.audit = audit;
    this.clock = clock;
  }

  /** Notes who asks for it. Comes before {@link #write}. */
  public void note(Actor by, String userId) {
    database.execute(tx -> audit.add(tx, Deed.of(by, Action.USER_EXPORTED).about(userId)));
  }

  /** Writes it; what is logged meanwhile may be missing. */
  public void write(OutputStream out, String userId) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("userId", userId);
      json.writeStringProperty("exportedAt", clock.instant().toString());
      array(json, "connections", () -> connections(json, userId));
      array(json, "links", () -> links(json, userId));
      array(json, "revocations", () -> revocations(json, userId));
      array(
          json,
          "changes",
          () -> inbox.each(userId, change -> json.writePOJO(PersonViews.of(change))));
      array(json, "backfills", () -> backfills(json, userId));
      array(json, "coverage", () -> coverage(json, userId));
      array(json, "documents", () -> documents(json, userId));
      array(json, "events", () -> events(json, userId));
      array(json, "audit", () -> audit(json, userId));
      json.writeEndObject();
    }
  }

  private static void array(JsonGenerator json, String name, Runnable content) {
    json.writeArrayPropertyStart(name);
    content.run();
    json.writeEndArray();
  }

  private void connections(JsonGenerator json, String userId) {
    held(userId).forEach(connection -> json.writePOJO(PersonViews.of(connection)));
  }

  private void links(JsonGenerator json, String userId) {
    links.of(userId).forEach(link -> json.writePOJO(PersonViews.of(link)));
  }

  private void revocations(JsonGenerator json, String userId) {
    revocations.of(userId).forEach(revocation -> json.writePOJO(PersonViews.of(revocation)));
  }

  private List<StoredConnection> held(String userId) {
    return connections.list(Optional.of(userId), Optional.empty());
  }

  private void backfills(JsonGenerator json, String userId) {
    held(userId).stream()
        .flatMap(connection -> backfills.list(connection.vendor(), userId).stream())
        .forEach(backfill -> json.writePOJO(PersonViews.of(backfill)));
  }

  private void coverage(JsonGenerator json, String userId) {
    held(userId)
        .forEach(
            connection ->
                coverage
                    .of(connection.vendor(), userId)
                    .forEach(row -> json.writePOJO(PersonViews.of(connection.vendor(), row))));
  }

  private void documents(JsonGenerator json, String userId) {
    held(userId)
        .forEach(
            connection ->
                documents.each(
                    connection.vendor(), userId, mark -> json.writePOJO(PersonViews.of(mark))));
  }

  private void audit(JsonGenerator json, String userId) {
    audit.each(userId, entry -> json.writePOJO(PersonViews.of(entry)));
  }

  private void events(JsonGenerator json, String userId) {
    List<EventKey> page = events.keys(0, LOOKED_AT_ONCE);
    while (!page.isEmpty()) {
      page.stream()
          .filter(key -> key.userId().equals(userId))
          .flatMap(key -> events.find(key.seq()).stream())
          .forEach(event -> CloudEvents.write(json, event));
      page = events.keys(page.getLast().seq(), LOOKED_AT_ONCE);
    }
  }
}
