package io.cloudconnector.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operator's application that takes events at an address of its own and enters them into the
 * ledger. It misbehaves: refuses, takes its time, hangs up before or after it has taken an event.
 */
final class Receiver implements AutoCloseable {
  static final String NAME = "receiver";

  private static final byte[] KEY = "a key of the system tests".getBytes(UTF_8);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Again> again = new ConcurrentLinkedQueue<>();
  private final Map<String, Instant> answered = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final Ledger ledger;
  private final SplittableRandom random;
  private volatile boolean fair;

  Receiver(Ledger ledger, long seed) throws IOException {
    this.ledger = ledger;
    this.random = new SplittableRandom(seed);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/events", this::receive);
    server.start();
  }

  /** The value of {@code delivery.webhook}. */
  Map<String, Object> settings() {
    return Map.of(
        "url", "http://127.0.0.1:" + server.getAddress().getPort() + "/events",
        "secret", "whsec_" + Base64.getEncoder().encodeToString(KEY));
  }

  void turnFair() {
    fair = true;
  }

  /** What was wrong with requests. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** An event that came though this had answered 200 to it. */
  record Again(Seen event, Instant answered) {}

  List<Again> again() {
    return List.copyOf(again);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!isGenuine(exchange, body)) {
        faults.add("not signed well: " + exchange.getRequestHeaders().entrySet());
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      int dice = fair ? 100 : dice();
      if (dice < 4) {
        exchange.sendResponseHeaders(500, -1);
      } else if (dice >= 6) {
        take(exchange, body, dice);
      }
    }
  }

  private void take(HttpExchange exchange, byte[] body, int dice) throws IOException {
    if (dice < 12) {
      pause();
    }
    Seen event = Seen.of(JsonMapper.shared().readTree(body));
    Optional.ofNullable(answered.get(event.id())).ifPresent(at -> again.add(new Again(event, at)));
    ledger.seen(NAME, List.of(event));
    if (dice >= 14) {
      exchange.sendResponseHeaders(200, -1);
      answered.put(event.id(), Instant.now());
    }
  }

  private int dice() {
    synchronized (random) {
      return random.nextInt(100);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As Standard Webhooks has it. */
  private static boolean isGenuine(HttpExchange exchange, byte[] body) {
    String id = header(exchange, "webhook-id");
    String time = header(exchange, "webhook-timestamp");
    if (!time.matches("\\d{1,12}")
        || !id.equals(Seen.of(JsonMapper.shared().readTree(body)).id())) {
      return false;
    }
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), Instant.now());
    String expected = "v1," + signature(id + "." + time + ".", body);
    return age.abs().compareTo(TOLERANCE) < 0
        && Stream.of(header(exchange, "webhook-signature").split(" ", -1))
            .anyMatch(one -> MessageDigest.isEqual(one.getBytes(UTF_8), expected.getBytes(UTF_8)));
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static String signature(String head, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      ByteArrayOutputStream signed = new ByteArrayOutputStream();
      signed.writeBytes(head.getBytes(UTF_8));
      signed.writeBytes(body);
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
