package io.cloudconnector.simulator.oura;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cloudconnector.simulator.Hmac;
import io.cloudconnector.simulator.WebhookSigner;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * Upper-case hex of HMAC-SHA256, keyed with the client secret, over the time in seconds and body.
 */
record OuraSigner(Hmac hmac) implements WebhookSigner {
  @Override
  public Map<String, String> headers(byte[] body, Instant at) {
    String timestamp = Long.toString(at.getEpochSecond());
    byte[] signature = hmac.of(timestamp.getBytes(US_ASCII), body);
    return Map.of(
        "x-oura-signature",
        HexFormat.of().withUpperCase().formatHex(signature),
        "x-oura-timestamp",
        timestamp);
  }
}
