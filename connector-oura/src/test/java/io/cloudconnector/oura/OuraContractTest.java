package io.cloudconnector.oura;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.ConnectorContract;
import io.cloudconnector.testkit.EventSample;
import io.cloudconnector.testkit.Exchange;
import io.cloudconnector.testkit.FakeWebhook;
import io.cloudconnector.testkit.ResourceSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class OuraContractTest extends ConnectorContract {
  private static final String DAY = "2026-01-14";
  private static final String ROW = OuraSamples.heartrate("2026-01-14T08:00:00.000Z", 61);

  @Override
  public ConnectorFactory factory() {
    return new OuraConnectorFactory();
  }

  @Override
  public List<ResourceSample> resources() {
    List<ResourceSample> samples = new ArrayList<>();
    samples.add(
        ResourceSample.of(
            Resource.all("personal_info"),
            Exchange.get("/v2/usercollection/personal_info", OuraSamples.PERSON)));
    samples.add(
        ResourceSample.of(
            Resource.all("daily_sleep"),
            Exchange.get(
                "/v2/usercollection/daily_sleep",
                OuraSamples.page("more", OuraSamples.daily("d-1", DAY)))));
    for (OuraResource type : OuraResource.values()) {
      switch (type.listing()) {
        case NONE -> {}
        case WHOLE, BY_DAY -> samples.add(one(type));
        case SERIES -> samples.add(series(type));
      }
    }
    return samples;
  }

  private static ResourceSample one(OuraResource type) {
    String id = id(type);
    return ResourceSample.of(
        Resource.one(type.declared().name(), id),
        Exchange.get(type.path(false) + "/" + id, document(type)));
  }

  private static String id(OuraResource type) {
    return type == OuraResource.SLEEP ? OuraSamples.SLEEP_ID : "id." + type.declared().name();
  }

  private static String document(OuraResource type) {
    return switch (type) {
      case SLEEP -> OuraSamples.SLEEP;
      case RING_CONFIGURATION -> OuraSamples.ring(id(type));
      default -> OuraSamples.daily(id(type), DAY);
    };
  }

  private static ResourceSample series(OuraResource type) {
    return ResourceSample.of(
            Resource.one(type.declared().name(), DAY),
            Exchange.get(type.path(false), OuraSamples.list(ROW)))
        .document(("{\"data\":[" + ROW + "]}").getBytes(UTF_8));
  }

  @Override
  public List<EventSample> events() {
    List<EventSample> samples = new ArrayList<>();
    for (OuraResource type : OuraResource.values()) {
      if (type.declared().hasWebhooks()) {
        samples.add(event("update", type));
      }
    }
    samples.add(event("create", OuraResource.SLEEP));
    samples.add(event("delete", OuraResource.WORKOUT));
    return samples;
  }

  private static EventSample event(String what, OuraResource type) {
    String name = type.declared().name();
    return EventSample.of(OuraSamples.notice(what, name, id(type)))
        .requires("/user_id", "/object_id", "/data_type", "/event_type")
        .pathIds("/object_id", "/data_type")
        .tells(OuraSamples.USER_ID, Resource.one(name, id(type)));
  }

  @Override
  public FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    return OuraSigner.sign(request, secret, sentAt);
  }

  @Override
  public List<Exchange> linkingCalls() {
    return List.of(Exchange.get("/v2/usercollection/personal_info", OuraSamples.PERSON));
  }

}
