package io.cloudconnector.simulator.whoop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.WebhookSigner;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Base64 of HMAC-SHA256, keyed with the client secret, over the time in milliseconds and body. */
final class WhoopSigner implements WebhookSigner {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  WhoopSigner(String clientSecret) {
    this.key = new SecretKeySpec(clientSecret.getBytes(UTF_8), ALGORITHM);
  }

  @Override
  public Map<String, String> headers(byte[] body, Instant at) {
    String timestamp = Long.toString(at.toEpochMilli());
    return Map.of(
        "X-WHOOP-Signature", signature(timestamp, body), "X-WHOOP-Signature-Timestamp", timestamp);
  }

  private String signature(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(timestamp.getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
