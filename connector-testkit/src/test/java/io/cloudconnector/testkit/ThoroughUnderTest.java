package io.cloudconnector.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.testkit.thorough.ThoroughConnectorFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the contract has to know of Thorough. */
interface ThoroughUnderTest extends ConnectorUnderTest {
  String HOOKS = "/v1/hooks";
  String DAY = "{ \"day\": \"2026-01-14\", \"steps\": 8000.10 }";
  String DAY_BEFORE = "{\"day\":\"2026-01-13\",\"steps\":1e2}";

  @Override
  default ConnectorFactory factory() {
    return new ThoroughConnectorFactory();
  }

  @Override
  default List<ResourceSample> resources() {
    return List.of(
        ResourceSample.of(
            Resource.one("steps", "2026-01-14"), Exchange.get("/v1/steps/2026-01-14", DAY)),
        ResourceSample.of(Resource.all("badge"), Exchange.get("/v1/badge", "{\"gold\":1}")));
  }

  @Override
  default List<HistorySample> histories() {
    return List.of(
        HistorySample.of(
                "steps",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-15T00:00:00Z"))
            .page(
                Exchange.get("/v1/steps", "{\"days\": [" + DAY + "], \"next\": \"p2\"}"),
                day("2026-01-14", DAY))
            .page(
                Exchange.get("/v1/steps", "{\"days\":[" + DAY_BEFORE + "]}"),
                day("2026-01-13", DAY_BEFORE)),
        HistorySample.of(
                "steps",
                Instant.parse("2020-01-01T00:00:00Z"),
                Instant.parse("2020-01-15T00:00:00Z"))
            .page(Exchange.get("/v1/steps", "{\"days\":[]}")));
  }

  private static VendorData day(String id, String json) {
    return VendorData.json(Resource.one("steps", id), json.getBytes(UTF_8));
  }

  @Override
  default Optional<SubscriptionSample> subscriptions() {
    String ours = hook("1", FakeSubscriptionRequest.CALLBACK.toString());
    String others = hook("2", "https://elsewhere.example.com/hook");
    return Optional.of(
        SubscriptionSample.wanting("steps")
            .missing(list(""), new Exchange("base", "POST", HOOKS, StubReply.json(201, ours)))
            .present(list(ours))
            .elsewhere(list(others))
            .takenOver(
                list(others),
                new Exchange(
                    "base",
                    "PUT",
                    HOOKS + "/2",
                    StubReply.json(200, hook("2", FakeSubscriptionRequest.CALLBACK.toString()))))
            .unwanted(
                list(ours + "," + others),
                new Exchange("base", "DELETE", HOOKS + "/1", StubReply.status(204))));
  }

  private static String hook(String id, String url) {
    return "{\"id\":\"%s\",\"type\":\"steps\",\"url\":\"%s\"}".formatted(id, url);
  }

  private static Exchange list(String hooks) {
    return Exchange.get(HOOKS, "[" + hooks + "]");
  }

  @Override
  default List<HandshakeSample> handshakes() {
    return List.of(
        HandshakeSample.of(test("token=right&challenge=c1"), WebhookReply.text(200, "c1"))
            .knowing("verification", Secret.of("right"))
            .refuses(
                test("token=wrong&challenge=c1"),
                test("token=&challenge=c1"),
                test("challenge=c1"),
                test("token=right")));
  }

  private static FakeWebhook test(String query) {
    return FakeWebhook.get(query, Instant.parse("2026-01-15T08:00:00Z"));
  }

  @Override
  default List<EventSample> events() {
    return List.of(
        EventSample.of(
                """
                [{"person":"p1","day":"2026-01-14","what":"changed"},
                 {"person":"p1","day":"2026-01-13","what":"deleted"}]""")
            .requires("/0/person", "/0/day", "/0/what", "/1/person")
            .pathIds("/0/day", "/1/day")
            .tells("p1", Resource.one("steps", "2026-01-14"))
            .tellsDeleted("p1", Resource.one("steps", "2026-01-13")));
  }

  @Override
  default StubReply tokens(String accessToken, String refreshToken) {
    return new HelloContractTest().tokens(accessToken, refreshToken);
  }

  @Override
  default FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    FakeWebhook signed = new HelloContractTest().sign(request, secret, sentAt);
    return signed
        .withoutHeader("X-Hello-Signature")
        .header("X-Thorough-Signature", signed.header("X-Hello-Signature").orElseThrow());
  }
}
