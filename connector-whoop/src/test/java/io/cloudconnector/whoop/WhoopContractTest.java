package io.cloudconnector.whoop;

import static io.cloudconnector.whoop.WhoopSamples.CYCLE_ID;
import static io.cloudconnector.whoop.WhoopSamples.SLEEP_ID;
import static io.cloudconnector.whoop.WhoopSamples.USER_ID;
import static io.cloudconnector.whoop.WhoopSamples.WORKOUT_ID;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.ConnectorContract;
import io.cloudconnector.testkit.EventSample;
import io.cloudconnector.testkit.Exchange;
import io.cloudconnector.testkit.FakeWebhook;
import io.cloudconnector.testkit.ResourceSample;
import java.time.Instant;
import java.util.List;

class WhoopContractTest extends ConnectorContract {
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
  public List<EventSample> events() {
    return List.of(
        event("workout", "updated", WORKOUT_ID),
        event("workout", "deleted", WORKOUT_ID),
        event("sleep", "updated", SLEEP_ID),
        event("sleep", "deleted", SLEEP_ID),
        event("recovery", "updated", SLEEP_ID),
        event("recovery", "deleted", SLEEP_ID));
  }

  private static EventSample event(String type, String what, String id) {
    return EventSample.of(WhoopSamples.event(type + "." + what, id))
        .requires("/user_id", "/id", "/type")
        .pathIds("/id")
        .tells("" + USER_ID, Resource.one(type, id));
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
