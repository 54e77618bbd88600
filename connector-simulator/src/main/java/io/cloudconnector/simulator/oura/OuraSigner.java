package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.WebhookSigner;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Upper-case hex of HMAC-SHA256, keyed with the client secret, over the time in seconds and body.
 */
final class OuraSigner implements WebhookSigner {
  private static final String ALGORITHM = "HmacSHA256";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final SecretKeySpec key;

  OuraSigner(String clientSecret) {
    this.key = new SecretKeySpec(clientSecret.getBytes(UTF_8), ALGORITHM);
  }

  @Override
  public Map<String, String> headers(byte[] body, Instant at) {
    String timestamp = Long.toString(at.getEpochSecond());
    return Map.of("x-oura-signature", signature(timestamp, body), "x-oura-timestamp", timestamp);
  }

  private String signature(String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(timestamp.getBytes(US_ASCII));
      return HEX.formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
