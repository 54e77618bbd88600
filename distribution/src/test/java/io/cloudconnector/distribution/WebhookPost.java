package io.cloudconnector.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signs webhooks as the vendor does and sends each until it is taken. Several hosts take turns, as
 * behind a balancer. Thread-safe.
 */
final class WebhookPost implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration PAUSE = Duration.ofMillis(150);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final WhoopCloud cloud;
  private final List<URI> addresses = new CopyOnWriteArrayList<>();
  private final AtomicInteger turns = new AtomicInteger();
  private final Ledger ledger;

  WebhookPost(WhoopCloud cloud, URI address, Ledger ledger) {
    this.cloud = cloud;
    this.ledger = ledger;
    addresses.add(address);
  }

  /** From now on every other request goes there. */
  void alsoTo(URI address) {
    addresses.add(address);
  }

  static byte[] body(String accountId, String type, String id, String traceId) {
    return JsonText.object()
        .number("user_id", accountId)
        .text("id", id)
        .text("type", type)
        .text("trace_id", traceId)
        .toString()
        .getBytes(UTF_8);
  }

  /** Returns once the host has answered 2xx; an answer that is neither 2xx nor 503 is a fault. */
  void untilTaken(byte[] body) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!taken(body)) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the host took a webhook for " + PATIENCE + " not: " + text(body));
      }
      Thread.sleep(PAUSE);
    }
  }

  private boolean taken(byte[] body) throws InterruptedException {
    try {
      int status = once(body).statusCode();
      if (status != 503 && status / 100 != 2) {
        throw new AssertionError("the host answered " + status + " to " + text(body));
      }
      return status != 503;
    } catch (IOException _) {
      // No host there, or it died before it answered.
      return false;
    }
  }

  HttpResponse<Void> once(byte[] body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(addresses.get(turns.getAndIncrement() % addresses.size()))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    cloud.signed(body).forEach(request::setHeader);
    ledger.requested();
    return http.send(request.build(), BodyHandlers.discarding());
  }

  private static String text(byte[] body) {
    return new String(body, UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
