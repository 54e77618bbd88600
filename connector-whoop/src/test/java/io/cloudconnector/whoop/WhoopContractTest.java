package io.cloudconnector.whoop;

import static io.cloudconnector.whoop.WhoopSamples.CYCLE_ID;
import static io.cloudconnector.whoop.WhoopSamples.OTHER_SLEEP_ID;
import static io.cloudconnector.whoop.WhoopSamples.OTHER_WORKOUT_ID;
import static io.cloudconnector.whoop.WhoopSamples.SLEEP_ID;
import static io.cloudconnector.whoop.WhoopSamples.USER_ID;
import static io.cloudconnector.whoop.WhoopSamples.WORKOUT_ID;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.testkit.ConnectorContract;
import io.cloudconnector.testkit.EventSample;
import io.cloudconnector.testkit.Exchange;
import io.cloudconnector.testkit.FakeWebhook;
import io.cloudconnector.testkit.HistorySample;
import io.cloudconnector.testkit.ResourceSample;
import java.time.Instant;
import java.util.List;

class WhoopContractTest extends ConnectorContract {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-01-15T00:00:00Z");

  @Override
  public ConnectorFactory factory() {
    return new WhoopConnectorFactory();
  }

  @Override
  public List<ResourceSample> resources() {
    return List.of(
        all("profile", "/v2/user/profile/basic", WhoopSamples.PROFILE),
        all("body_measurement", "/v2/user/measurement/body", WhoopSamples.BODY),
        all("cycle", "/v2/cycle", WhoopSamples.list(WhoopSamples.CYCLE)),
        all("sleep", "/v2/activity/sleep", WhoopSamples.list(WhoopSamples.SLEEP)),
        all("recovery", "/v2/recovery", WhoopSamples.list(WhoopSamples.RECOVERY)),
        all("workout", "/v2/activity/workout", WhoopSamples.list(WhoopSamples.WORKOUT)),
        ResourceSample.of(
            Resource.one("cycle", "" + CYCLE_ID),
            Exchange.get("/v2/cycle/" + CYCLE_ID, WhoopSamples.CYCLE)),
        ResourceSample.of(Resource.one("sleep", SLEEP_ID), sleep()),
        ResourceSample.of(
            Resource.one("recovery", SLEEP_ID),
            sleep(),
            Exchange.get("/v2/cycle/" + CYCLE_ID + "/recovery", WhoopSamples.RECOVERY)),
        ResourceSample.of(
            Resource.one("workout", WORKOUT_ID),
            Exchange.get("/v2/activity/workout/" + WORKOUT_ID, WhoopSamples.WORKOUT)));
  }

  private static ResourceSample all(String type, String path, String json) {
    return ResourceSample.of(Resource.all(type), Exchange.get(path, json));
  }

  private static Exchange sleep() {
    return Exchange.get("/v2/activity/sleep/" + SLEEP_ID, WhoopSamples.SLEEP);
  }

  @Override
  public List<HistorySample> histories() {
    String otherSleep = WhoopSamples.sleep(OTHER_SLEEP_ID, "\"cycle_id\":7");
    return List.of(
        one("profile", "/v2/user/profile/basic", WhoopSamples.PROFILE),
        one("body_measurement", "/v2/user/measurement/body", WhoopSamples.BODY),
        list(
            "/v2/cycle",
            record("cycle", "" + CYCLE_ID, WhoopSamples.CYCLE),
            record("cycle", "7", WhoopSamples.cycle(7))),
        list(
            "/v2/activity/sleep",
            record("sleep", SLEEP_ID, WhoopSamples.SLEEP),
            record("sleep", OTHER_SLEEP_ID, otherSleep)),
        list(
            "/v2/recovery",
            record("recovery", SLEEP_ID, WhoopSamples.RECOVERY),
            record("recovery", OTHER_SLEEP_ID, WhoopSamples.recovery(OTHER_SLEEP_ID))),
        list(
            "/v2/activity/workout",
            record("workout", WORKOUT_ID, WhoopSamples.WORKOUT),
            record("workout", OTHER_WORKOUT_ID, WhoopSamples.workout(OTHER_WORKOUT_ID))),
        HistorySample.of("sleep", FROM, TO)
            .page(Exchange.get("/v2/activity/sleep", WhoopSamples.lastList(""))));
  }

  private static HistorySample one(String type, String path, String json) {
    return HistorySample.of(type, FROM, TO)
        .page(Exchange.get(path, json), VendorData.json(Resource.all(type), json.getBytes(UTF_8)));
  }

  /** One record a page. */
  private static HistorySample list(String path, VendorData newer, VendorData older) {
    return HistorySample.of(newer.resource().type(), FROM, TO)
        .page(Exchange.get(path, WhoopSamples.list(new String(newer.bytes(), UTF_8))), newer)
        .page(Exchange.get(path, WhoopSamples.lastList(new String(older.bytes(), UTF_8))), older);
  }

  private static VendorData record(String type, String id, String json) {
    return VendorData.json(Resource.one(type, id), json.getBytes(UTF_8));
  }

  @Override
  public List<EventSample> events() {
    return List.of(
        updated("workout", WORKOUT_ID),
        deleted("workout", WORKOUT_ID),
        updated("sleep", SLEEP_ID),
        deleted("sleep", SLEEP_ID),
        updated("recovery", SLEEP_ID),
        deleted("recovery", SLEEP_ID));
  }

  private static EventSample updated(String type, String id) {
    return event(type + ".updated", id).tells("" + USER_ID, Resource.one(type, id));
  }

  private static EventSample deleted(String type, String id) {
    return event(type + ".deleted", id).tellsDeleted("" + USER_ID, Resource.one(type, id));
  }

  private static EventSample event(String what, String id) {
    return EventSample.of(WhoopSamples.event(what, id))
        .requires("/user_id", "/id", "/type")
        .pathIds("/id");
  }

  @Override
  public FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    return WhoopSigner.sign(request, secret, sentAt);
  }

  @Override
  public List<Exchange> linkingCalls() {
    return List.of(Exchange.get("/v2/user/profile/basic", WhoopSamples.PROFILE));
  }
}
