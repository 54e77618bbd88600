package io.cloudconnector.oura;

import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.FakeWebhook;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Oura's specification says, written anew. */
final class OuraSigner {
  private OuraSigner() {}

  static FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    return sign(request, secret, Long.toString(sentAt.getEpochSecond()));
  }

  static FakeWebhook sign(FakeWebhook request, Secret secret, String timestamp) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update(timestamp.getBytes(StandardCharsets.UTF_8));
      String hex = HexFormat.of().withUpperCase().formatHex(mac.doFinal(request.body()));
      return request.header("x-oura-timestamp", timestamp).header("x-oura-signature", hex);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
