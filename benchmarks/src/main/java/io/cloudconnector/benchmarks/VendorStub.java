package io.cloudconnector.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * WHOOP's sleeps, answered at once or, while it is held back, not at all. It does as little as
 * possible, since it shares the machine with the host. Thread-safe.
 */
final class VendorStub implements AutoCloseable {
  private static final String SLEEP = "/v2/activity/sleep/";

  private final ServerSocket server;
  private final Map<Long, Long> nanos = new ConcurrentHashMap<>();
  private volatile @Nullable CountDownLatch held;

  VendorStub() throws IOException {
    this.server = new ServerSocket(0, 1024, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().name("vendor").start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on requests wait. */
  void hold() {
    held = new CountDownLatch(1);
  }

  /** All that waits is answered. */
  void release() {
    CountDownLatch latch = held;
    held = null;
    if (latch != null) {
      latch.countDown();
    }
  }

  /** How long the answer about a sleep took here; 0 for one that was not asked for. */
  long nanos(long number) {
    return nanos.getOrDefault(number, 0L);
  }

  void forget() {
    nanos.clear();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closing) {
      release();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        long began = System.nanoTime();
        for (String header = in.readLine(); header != null && !header.isEmpty(); ) {
          header = in.readLine();
        }
        waitWhileHeld();
        String path = line.split(" ", 3)[1];
        out.write(answer(path));
        if (path.startsWith(SLEEP)) {
          long number = SignedWebhooks.number(UUID.fromString(path.substring(SLEEP.length())));
          nanos.put(number, System.nanoTime() - began);
        }
      }
    } catch (IOException gone) {
      // The host has closed an idle connection, or ended.
      return;
    }
  }

  private void waitWhileHeld() {
    CountDownLatch latch = held;
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static byte[] answer(String path) {
    boolean known = path.startsWith(SLEEP);
    String body = known ? document(path.substring(SLEEP.length())) : "{}";
    return """
        HTTP/1.1 %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s"""
        .formatted(known ? "200 OK" : "404 Not Found", body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** As large as a real one. */
  private static String document(String id) {
    return """
        {"id":"%s","cycle_id":93845,"v1_id":93845,"user_id":10129,\
        "created_at":"2026-04-24T11:25:44.774Z","updated_at":"2026-04-24T14:25:44.774Z",\
        "start":"2026-04-24T02:25:44.774Z","end":"2026-04-24T10:25:44.774Z",\
        "timezone_offset":"-05:00","nap":false,"score_state":"SCORED","score":{"stage_summary":{\
        "total_in_bed_time_milli":30272735,"total_awake_time_milli":1403507,\
        "total_no_data_time_milli":0,"total_light_sleep_time_milli":14905851,\
        "total_slow_wave_sleep_time_milli":6630370,"total_rem_sleep_time_milli":5879573,\
        "sleep_cycle_count":5,"disturbance_count":12},"sleep_needed":{"baseline_milli":27395716,\
        "need_from_sleep_debt_milli":352230,"need_from_recent_strain_milli":208595,\
        "need_from_recent_nap_milli":-12312},"respiratory_rate":16.11328125,\
        "sleep_performance_percentage":98,"sleep_consistency_percentage":90,\
        "sleep_efficiency_percentage":91.69533848}}"""
        .formatted(id);
  }

  @Override
  public void close() throws IOException {
    release();
    server.close();
  }
}
