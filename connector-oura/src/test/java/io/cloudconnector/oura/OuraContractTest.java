package io.cloudconnector.oura;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.testkit.ConnectorContract;
import io.cloudconnector.testkit.EventSample;
import io.cloudconnector.testkit.Exchange;
import io.cloudconnector.testkit.FakeSubscriptionRequest;
import io.cloudconnector.testkit.FakeWebhook;
import io.cloudconnector.testkit.HandshakeSample;
import io.cloudconnector.testkit.HistorySample;
import io.cloudconnector.testkit.ResourceSample;
import io.cloudconnector.testkit.StubReply;
import io.cloudconnector.testkit.SubscriptionSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class OuraContractTest extends ConnectorContract {
  private static final String DAY = "2026-01-14";
  private static final Instant FROM = Instant.parse("2026-01-14T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-01-16T00:00:00Z");
  private static final String SUBSCRIPTIONS = "/v2/webhook/subscription";
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
        samples.add(event("update", type).tells(OuraSamples.USER_ID, resource(type)));
      }
    }
    samples.add(
        event("create", OuraResource.SLEEP)
            .tells(OuraSamples.USER_ID, resource(OuraResource.SLEEP)));
    samples.add(
        event("delete", OuraResource.WORKOUT)
            .tellsDeleted(OuraSamples.USER_ID, resource(OuraResource.WORKOUT)));
    return samples;
  }

  private static EventSample event(String what, OuraResource type) {
    return EventSample.of(OuraSamples.notice(what, type.declared().name(), id(type)))
        .requires("/user_id", "/object_id", "/data_type", "/event_type")
        .pathIds("/object_id", "/data_type");
  }

  private static Resource resource(OuraResource type) {
    return Resource.one(type.declared().name(), id(type));
  }

  @Override
  public FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    return OuraSigner.sign(request, secret, sentAt);
  }

  @Override
  public List<Exchange> linkingCalls() {
    return List.of(Exchange.get("/v2/usercollection/personal_info", OuraSamples.PERSON));
  }

  @Override
  public List<HistorySample> histories() {
    List<HistorySample> samples = new ArrayList<>();
    for (OuraResource type : OuraResource.values()) {
      HistorySample span = HistorySample.of(type.declared().name(), FROM, TO);
      samples.add(
          switch (type.listing()) {
            case NONE -> span.page(get(type, OuraSamples.PERSON), all(type));
            case WHOLE -> twoPages(span, type).whateverTheSpan();
            case BY_DAY -> twoPages(span, type);
            case SERIES -> twoDays(span, type);
          });
    }
    samples.add(
        HistorySample.of("sleep", FROM, TO).page(get(OuraResource.SLEEP, OuraSamples.list())));
    return samples;
  }

  private static VendorData all(OuraResource type) {
    return VendorData.json(
        Resource.all(type.declared().name()), OuraSamples.PERSON.getBytes(UTF_8));
  }

  /** Oura pages what is outside the span too, if it was asked for to be on the safe side. */
  private static HistorySample twoPages(HistorySample span, OuraResource type) {
    String outside = OuraSamples.daily("outside", "2026-01-11");
    String second =
        type == OuraResource.RING_CONFIGURATION
            ? OuraSamples.ring("id.2")
            : OuraSamples.daily("id.2", "2026-01-15");
    String[] first =
        type == OuraResource.RING_CONFIGURATION
            ? new String[] {document(type)}
            : new String[] {outside, document(type)};
    return span.page(
            get(type, OuraSamples.page("to-the-second", first)),
            data(type, id(type), document(type)))
        .page(get(type, OuraSamples.list(second)), data(type, "id.2", second));
  }

  /** The last day first, and one of them in two pages of Oura's. */
  private static HistorySample twoDays(HistorySample span, OuraResource type) {
    String late = OuraSamples.heartrate("2026-01-15T00:00:00Z", 58);
    String later = OuraSamples.heartrate("2026-01-15T01:00:00Z", 57);
    return span.page(
            List.of(
                get(type, OuraSamples.page("rest", ROW, late)), get(type, OuraSamples.list(later))),
            data(type, "2026-01-15", "{\"data\":[" + late + "," + later + "]}"))
        .page(get(type, OuraSamples.list(ROW, late)), data(type, DAY, "{\"data\":[" + ROW + "]}"));
  }

  private static Exchange get(OuraResource type, String json) {
    return Exchange.get(type.path(false), json);
  }

  private static VendorData data(OuraResource type, String id, String json) {
    return VendorData.json(Resource.one(type.declared().name(), id), json.getBytes(UTF_8));
  }

  @Override
  public Optional<SubscriptionSample> subscriptions() {
    String us = FakeSubscriptionRequest.CALLBACK.toString();
    String them = "https://other.example.com/hooks";
    return Optional.of(
        SubscriptionSample.wanting("sleep", "heartrate")
            .topics("sleep", "create", "update", "delete")
            .missing(listed(), created("create"), created("update"), created("delete"))
            .present(
                listed(
                    subscription("a", us, "create"),
                    subscription("b", us, "update"),
                    subscription("c", us, "delete")))
            .elsewhere(
                listed(
                    subscription("a", us, "create"),
                    subscription("b", us, "update"),
                    subscription("c", them, "delete")))
            .takenOver(
                listed(
                    subscription("a", us, "create"),
                    subscription("b", us, "update"),
                    subscription("c", them, "delete")),
                new Exchange(
                    "base",
                    "PUT",
                    SUBSCRIPTIONS + "/c",
                    StubReply.json(200, subscription("c", us, "delete"))))
            .unwanted(
                listed(subscription("a", us, "create"), subscription("c", them, "delete")),
                new Exchange("base", "DELETE", SUBSCRIPTIONS + "/a", StubReply.status(204))));
  }

  private static Exchange listed(String... entries) {
    return Exchange.get(SUBSCRIPTIONS, "[" + String.join(",", entries) + "]");
  }

  private static Exchange created(String event) {
    String made = subscription("new", FakeSubscriptionRequest.CALLBACK.toString(), event);
    return new Exchange("base", "POST", SUBSCRIPTIONS, StubReply.json(201, made));
  }

  private static String subscription(String id, String callback, String event) {
    return OuraSamples.subscription(id, callback, "sleep", event, "2026-04-01T00:00:00.5");
  }

  @Override
  public List<HandshakeSample> handshakes() {
    String right = "verification_token=made-up-token";
    return List.of(
        HandshakeSample.of(
                get(right + "&challenge=made%20up"),
                WebhookReply.json(200, "{\"challenge\":\"made up\"}"))
            .knowing("webhook-verification-token", Secret.of("made-up-token"))
            .refuses(
                get("verification_token=wrong&challenge=c"),
                get("challenge=c"),
                get(right + "&" + right + "&challenge=c")));
  }

  private static FakeWebhook get(String query) {
    return FakeWebhook.get(query, TO);
  }
}
