package io.cloudconnector.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * WHOOP's webhooks, numbered: each tells of another sleep and has another dedupe key. Signed ahead,
 * so that signing takes nothing from what is measured.
 */
final class SignedWebhooks {
  static final String SECRET = "benchmark-client-secret";
  static final int FIRST_ACCOUNT = 10_000;

  private final int people;
  private final Mac mac;
  private long next;

  SignedWebhooks(int people) {
    this.people = people;
    try {
      this.mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The number of the next one. */
  long next() {
    return next;
  }

  /** Leaves numbers out, for webhooks that come another way; returns the first. */
  long skip(int count) {
    long first = next;
    next += count;
    return first;
  }

  /** The next ones, ready to be sent to this path. */
  List<byte[]> take(int count, String path) {
    List<byte[]> requests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      requests.add(request(next++, path));
    }
    return requests;
  }

  /** Each number has a sleep of its own. */
  static UUID sleep(long number) {
    return new UUID(0x5eed_0000_0000_4000L, 0x8000_0000_0000_0000L | number);
  }

  static long number(UUID sleep) {
    return sleep.getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL;
  }

  static String trace(long number) {
    return "trace-" + number;
  }

  private byte[] request(long number, String path) {
    String body =
        """
        {"user_id":%d,"id":"%s","type":"sleep.updated","trace_id":"%s"}"""
            .formatted(FIRST_ACCOUNT + number % people, sleep(number), trace(number));
    String time = Long.toString(System.currentTimeMillis());
    mac.update(time.getBytes(StandardCharsets.US_ASCII));
    String signature =
        Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    return """
        POST %s HTTP/1.1\r
        Host: 127.0.0.1\r
        User-Agent: benchmark\r
        Content-Type: application/json\r
        X-WHOOP-Signature: %s\r
        X-WHOOP-Signature-Timestamp: %s\r
        Content-Length: %d\r
        \r
        %s"""
        .formatted(path, signature, time, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
