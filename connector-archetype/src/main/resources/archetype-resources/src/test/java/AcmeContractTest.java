package ${package};

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.ConnectorContract;
import io.cloudconnector.testkit.EventSample;
import io.cloudconnector.testkit.Exchange;
import io.cloudconnector.testkit.FakeWebhook;
import io.cloudconnector.testkit.ResourceSample;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shows the contract what Acme sends; the contract tries what the host relies on. */
class AcmeContractTest extends ConnectorContract {
  @Override
  public ConnectorFactory factory() {
    return new AcmeConnectorFactory();
  }

  @Override
  public List<ResourceSample> resources() {
    return List.of(
        ResourceSample.of(
            Resource.one("steps", "2026-01-14"),
            Exchange.get("/v1/steps/2026-01-14", "{ \"day\": \"2026-01-14\", \"steps\": 8000 }")));
  }

  @Override
  public List<EventSample> events() {
    return List.of(
        EventSample.of("{\"user\":\"u1\",\"day\":\"2026-01-14\"}")
            .requires("/user", "/day")
            .pathIds("/day")
            .tells("u1", Resource.one("steps", "2026-01-14")));
  }

  @Override
  public List<Exchange> linkingCalls() {
    return List.of(Exchange.get("/v1/me", "{\"id\":\"u1\"}"));
  }

  /** Not by the connector's own code: that would prove nothing. */
  @Override
  public FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), "HmacSHA256"));
      String signature = HexFormat.of().formatHex(mac.doFinal(request.body()));
      return request.header("X-Acme-Signature", signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
