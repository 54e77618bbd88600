package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.Route;
import io.cloudconnector.simulator.SimulatedOAuth;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedServer;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The resource paths: of real people with the scopes granted, and of the sandbox with any token.
 */
final class OuraApi {
  static final String BASE = "/v2/usercollection/";
  static final String SANDBOX = "/v2/sandbox/usercollection/";

  private final OuraPeople people;
  private final SimulatedOAuth oauth;
  private final InstantSource clock;
  final OuraPages documentPages = new OuraPages(25);
  final OuraPages samplePages = new OuraPages(200);
  private volatile int missingScope = 401;
  private volatile boolean sleepByBedtime;

  OuraApi(OuraPeople people, SimulatedOAuth oauth, InstantSource clock) {
    this.people = people;
    this.oauth = oauth;
    this.clock = clock;
  }

  void missingScopeIs(int status) {
    missingScope = status;
  }

  void listSleepByBedtime(boolean byBedtime) {
    sleepByBedtime = byBedtime;
  }

  void mount(SimulatedServer server) {
    for (OuraType type : OuraType.values()) {
      get(server, BASE + type.path(), r -> list(r, owner(r, type.scope()), type, fields(r)));
      get(server, SANDBOX + type.path(), r -> list(r, sandbox(r), type, Optional.empty()));
      String single = type.path() + "/{document_id}";
      get(server, BASE + single, r -> single(r, owner(r, type.scope()), type));
      get(server, SANDBOX + single, r -> single(r, sandbox(r), type));
    }
    for (OuraSeries series : OuraSeries.values()) {
      get(server, BASE + series.word(), r -> series(r, owner(r, series.scope()), series));
      get(server, SANDBOX + series.word(), r -> rows(r, sandbox(r), series, Optional.empty()));
    }
    get(server, BASE + "personal_info", this::personalInfo);
  }

  private static void get(SimulatedServer server, String path, Route route) {
    server.route("GET", path, route);
  }

  private SimulatedReply list(
      SimulatedRequest request, OuraPerson person, OuraType type, Optional<Set<String>> fields) {
    return documentPages.page(
        asked(request, person, type),
        request.query("next_token"),
        OuraDocument::key,
        document -> fields.map(document::bytes).orElseGet(document::bytes));
  }

  private List<OuraDocument> asked(SimulatedRequest request, OuraPerson person, OuraType type) {
    List<OuraDocument> all = person.documents.oldestFirst(type);
    if (type.form() == OuraType.Form.DATELESS) {
      return all;
    }
    LocalDate today = person.today();
    boolean lastDayInside = type.form() == OuraType.Form.DAY;
    OuraDates.Stretch stretch = new OuraDates(request, person.offset()).days(today, lastDayInside);
    return all.stream().filter(document -> stretch.holds(place(document))).toList();
  }

  private LocalDateTime place(OuraDocument document) {
    boolean byBedtime = sleepByBedtime && document.type() == OuraType.SLEEP;
    return byBedtime ? document.occasion().from().toLocalDateTime() : document.place();
  }

  private static SimulatedReply single(SimulatedRequest request, OuraPerson person, OuraType type) {
    return person
        .documents
        .find(type, request.part("document_id"))
        .map(document -> SimulatedReply.json(200, document.bytes()))
        .orElseThrow(() -> OuraReplies.refusal(404));
  }

  private SimulatedReply series(SimulatedRequest request, OuraPerson person, OuraSeries series) {
    if (request.query("latest").orElse("").equalsIgnoreCase("true")) {
      return page(person.latest(series), Optional.empty(), fields(request));
    }
    return rows(request, person, series, fields(request));
  }

  private SimulatedReply rows(
      SimulatedRequest request,
      OuraPerson person,
      OuraSeries series,
      Optional<Set<String>> fields) {
    OuraDates.Span span = new OuraDates(request, person.offset()).times(clock.instant());
    List<SeriesRow> rows = person.rows(series, span.from(), span.to());
    return page(rows, request.query("next_token"), fields);
  }

  private SimulatedReply page(
      List<SeriesRow> rows, Optional<String> token, Optional<Set<String>> fields) {
    return samplePages.page(
        rows, token, row -> OuraTime.utc(row.at()), row -> row.text(fields).getBytes(UTF_8));
  }

  private SimulatedReply personalInfo(SimulatedRequest request) {
    SimulatedOAuth.Holder holder = holder(request);
    OuraPerson person = people.person(holder.accountId());
    requireMembership(person);
    return SimulatedReply.json(200, person.info.seenWith(holder.scopes()));
  }

  private static Optional<Set<String>> fields(SimulatedRequest request) {
    return request.query("fields").map(names -> Set.copyOf(Stream.of(names.split(",")).toList()));
  }

  private OuraPerson owner(SimulatedRequest request, String scope) {
    SimulatedOAuth.Holder holder = holder(request);
    if (!holder.scopes().contains(scope)) {
      throw OuraReplies.refusal(missingScope);
    }
    OuraPerson person = people.person(holder.accountId());
    requireMembership(person);
    return person;
  }

  private static void requireMembership(OuraPerson person) {
    if (person.isLapsed()) {
      throw OuraReplies.refusal(403);
    }
  }

  private OuraPerson sandbox(SimulatedRequest request) {
    holder(request);
    return people.sandbox();
  }

  private SimulatedOAuth.Holder holder(SimulatedRequest request) {
    return request.bearerToken().flatMap(oauth::holder).orElseThrow(() -> OuraReplies.refusal(401));
  }
}
