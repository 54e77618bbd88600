package io.cloudconnector.simulator.whoop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cloudconnector.simulator.Hmac;
import io.cloudconnector.simulator.WebhookSigner;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Base64 of HMAC-SHA256, keyed with the client secret, over the time in milliseconds and body. */
record WhoopSigner(Hmac hmac) implements WebhookSigner {
  @Override
  public Map<String, String> headers(byte[] body, Instant at) {
    String timestamp = Long.toString(at.toEpochMilli());
    byte[] signature = hmac.of(timestamp.getBytes(US_ASCII), body);
    return Map.of(
        "X-WHOOP-Signature",
        Base64.getEncoder().encodeToString(signature),
        "X-WHOOP-Signature-Timestamp",
        timestamp);
  }
}
