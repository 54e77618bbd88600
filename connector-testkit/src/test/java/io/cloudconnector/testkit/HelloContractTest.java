package io.cloudconnector.testkit;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.hello.HelloConnectorFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class HelloContractTest extends ConnectorContract {
  @Override
  public ConnectorFactory factory() {
    return new HelloConnectorFactory();
  }

  @Override
  public List<ResourceSample> resources() {
    return List.of(
        ResourceSample.of(
            Resource.one("steps", "2026-01-14"),
            Exchange.get("/v1/steps/2026-01-14", "{ \"steps\": 8000.10 }")),
        ResourceSample.of(
            Resource.all("steps"), Exchange.get("/v1/steps/today", "{ \"steps\": 12 }")));
  }

  @Override
  public List<EventSample> events() {
    return List.of(
        EventSample.of("{\"person\":\"p1\",\"day\":\"2026-01-14\"}")
            .requires("/person", "/day")
            .pathIds("/day")
            .tells("p1", Resource.one("steps", "2026-01-14")));
  }

  @Override
  public FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    try {
      byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String signature = HexFormat.of().formatHex(mac.doFinal(request.body()));
      return request.header("X-Hello-Signature", signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public StubReply tokens(String accessToken, String refreshToken) {
    return StubReply.json(
        200,
        """
        {"access_token":"%s","refresh_token":"%s","token_type":"bearer","expires_in":3600,
         "person":"p1"}"""
            .formatted(accessToken, refreshToken));
  }
}
