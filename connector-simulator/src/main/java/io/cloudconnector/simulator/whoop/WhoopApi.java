package io.cloudconnector.simulator.whoop;

import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.Refusal;
import io.cloudconnector.simulator.SimulatedOAuth;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.SimulatedServer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The resource paths below {@code /developer}, with the statuses that WHOOP lists for each. */
final class WhoopApi {
  static final String BASE = "/developer";

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern INT64_TEXT = Pattern.compile("\\d{1,19}");

  private final WhoopPeople people;
  private final SimulatedOAuth oauth;
  private final WhoopPages pages;

  WhoopApi(WhoopPeople people, SimulatedOAuth oauth, InstantSource clock) {
    this.people = people;
    this.oauth = oauth;
    this.pages = new WhoopPages(clock);
  }

  void mount(SimulatedServer server) {
    list(server, "/v2/cycle", WhoopKind.CYCLE, "read:cycles");
    list(server, "/v2/recovery", WhoopKind.RECOVERY, "read:recovery");
    list(server, "/v2/activity/sleep", WhoopKind.SLEEP, "read:sleep");
    list(server, "/v2/activity/workout", WhoopKind.WORKOUT, "read:workout");
    single(server, "/v2/cycle/{id}", WhoopKind.CYCLE, INT64_TEXT, "read:cycles");
    single(server, "/v2/activity/sleep/{id}", WhoopKind.SLEEP, UUID_TEXT, "read:sleep");
    single(server, "/v2/activity/workout/{id}", WhoopKind.WORKOUT, UUID_TEXT, "read:workout");
    // WHOOP declares no scope for a cycle's sleep; who has both is let in by any reading of that.
    ofCycle(server, "/v2/cycle/{id}/sleep", WhoopKind.SLEEP, "read:cycles", "read:sleep");
    ofCycle(server, "/v2/cycle/{id}/recovery", WhoopKind.RECOVERY, "read:recovery");
    document(server, "/v2/user/profile/basic", "profile", "read:profile");
    document(server, "/v2/user/measurement/body", "body_measurement", "read:body_measurement");
    server.route("DELETE", BASE + "/v2/user/access", this::revoke);
    server.route("GET", BASE + "/v1/activity-mapping/{id}", this::mapping);
  }

  private void list(SimulatedServer server, String path, WhoopKind kind, String scope) {
    get(server, path, request -> records -> pages.page(request, records.newestFirst(kind)), scope);
  }

  private void single(
      SimulatedServer server, String path, WhoopKind kind, Pattern form, String scope) {
    get(server, path, request -> records -> one(records.find(kind, id(request, form))), scope);
  }

  private void ofCycle(SimulatedServer server, String path, WhoopKind kind, String... scopes) {
    get(
        server,
        path,
        request -> records -> one(records.ofCycle(kind, id(request, INT64_TEXT))),
        scopes);
  }

  private void get(
      SimulatedServer server,
      String path,
      Function<SimulatedRequest, Function<WhoopRecords, SimulatedReply>> answer,
      String... scopes) {
    server.route(
        "GET", BASE + path, request -> answer.apply(request).apply(owner(request, scopes).records));
  }

  private void document(SimulatedServer server, String path, String type, String scope) {
    server.route(
        "GET",
        BASE + path,
        request -> SimulatedReply.json(200, owner(request, scope).document(type, "")));
  }

  private WhoopPerson owner(SimulatedRequest request, String... scopes) {
    SimulatedOAuth.Holder holder = holder(request);
    if (!holder.scopes().containsAll(Set.of(scopes))) {
      throw unauthorized();
    }
    return people.person(holder.accountId());
  }

  private SimulatedOAuth.Holder holder(SimulatedRequest request) {
    return request.bearerToken().flatMap(oauth::holder).orElseThrow(WhoopApi::unauthorized);
  }

  private SimulatedReply revoke(SimulatedRequest request) {
    oauth.revoke(holder(request).accountId());
    return SimulatedReply.empty(204);
  }

  private SimulatedReply mapping(SimulatedRequest request) {
    return people
        .activityWithV1Id(id(request, INT64_TEXT))
        .map(id -> JsonText.object().text("v2_activity_id", id).toString())
        .map(json -> SimulatedReply.json(200, json))
        .orElseThrow(WhoopApi::notFound);
  }

  private static SimulatedReply one(Optional<WhoopRecord> record) {
    return record
        .map(found -> SimulatedReply.json(200, found.bytes()))
        .orElseThrow(WhoopApi::notFound);
  }

  private static String id(SimulatedRequest request, Pattern form) {
    String id = request.part("id");
    if (!form.matcher(id).matches()) {
      throw WhoopPages.badRequest("the id has not the form of an id");
    }
    return id;
  }

  private static Refusal unauthorized() {
    return new Refusal(SimulatedReply.text(401, "Authorization was not valid"));
  }

  private static Refusal notFound() {
    return new Refusal(SimulatedReply.text(404, "No resource found"));
  }
}
