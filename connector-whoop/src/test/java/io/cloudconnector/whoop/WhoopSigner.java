package io.cloudconnector.whoop;

import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.FakeWebhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as WHOOP's page on webhooks says, written anew. */
final class WhoopSigner {
  private WhoopSigner() {}

  static FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    String timestamp = Long.toString(sentAt.toEpochMilli());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(timestamp.getBytes(StandardCharsets.US_ASCII));
      return request
          .header("X-WHOOP-Signature-Timestamp", timestamp)
          .header(
              "X-WHOOP-Signature", Base64.getEncoder().encodeToString(mac.doFinal(request.body())));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
