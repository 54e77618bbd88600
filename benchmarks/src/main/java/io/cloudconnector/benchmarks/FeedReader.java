package io.cloudconnector.benchmarks;

import io.cloudconnector.host.delivery.Cursor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The application: reads the feed page by page, waiting at its end, and notes when each event of a
 * webhook became readable. Thread-safe.
 */
final class FeedReader implements AutoCloseable {
  private static final byte[] TRACE = "\"traceid\":\"trace-".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEXT = "\"next\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final String apiKey;
  private final Thread thread;
  private final Map<Long, Long> seenAt = new ConcurrentHashMap<>();
  private byte[] buffer = new byte[1024 * 1024];
  private String cursor;
  private volatile boolean closed;

  /**
   * Started at once.
   *
   * @param after the number of the event after which to begin
   */
  FeedReader(int port, String apiKey, long after) throws IOException {
    this.socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setTcpNoDelay(true);
    this.apiKey = apiKey;
    this.cursor = new Cursor(after).text();
    this.thread = Thread.ofPlatform().name("feed reader").daemon().start(this::run);
  }

  /** When the event of a webhook was readable, as {@link System#nanoTime} tells. */
  long seenAt(long number) {
    Long at = seenAt.get(number);
    if (at == null) {
      throw new IllegalStateException("webhook " + number + " never became an event");
    }
    return at;
  }

  int seen() {
    return seenAt.size();
  }

  void forget() {
    seenAt.clear();
  }

  /** Waits until so many different events were seen since {@link #forget}. */
  void await(int count, Duration patience) throws InterruptedException {
    await(() -> seenAt.size() >= count, patience);
  }

  /** Waits until the event of this webhook was seen. */
  void awaitSeen(long number, Duration patience) throws InterruptedException {
    await(() -> seenAt.containsKey(number), patience);
  }

  private void await(BooleanSupplier condition, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline || !thread.isAlive()) {
        throw new IllegalStateException(
            "what was waited for did not become readable; %d events did".formatted(seenAt.size()));
      }
      Thread.sleep(1);
    }
  }

  private void run() {
    try {
      while (!closed) {
        page();
      }
    } catch (IOException e) {
      if (!closed) {
        throw new IllegalStateException("the feed cannot be read", e);
      }
    }
  }

  private void page() throws IOException {
    String request =
        """
        GET /v1/events?limit=1000&wait=30&after=%s HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(cursor, apiKey);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    HttpAnswer answer = read();
    long now = System.nanoTime();
    if (answer.status() != 200) {
      throw new IOException("the feed answered " + answer.status());
    }
    int end = answer.bodyAt() + answer.length();
    int at = answer.bodyAt();
    for (int found = find(TRACE, at, end); found >= 0; found = find(TRACE, at, end)) {
      at = found + TRACE.length;
      seenAt.putIfAbsent(Long.parseLong(text(at)), now);
    }
    cursor = text(find(NEXT, at, end) + NEXT.length);
  }

  private HttpAnswer read() throws IOException {
    InputStream in = socket.getInputStream();
    int count = 0;
    HttpAnswer answer = HttpAnswer.in(buffer, 0);
    while (!answer.isWhole()) {
      if (count == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
      int read = in.read(buffer, count, buffer.length - count);
      if (read < 0) {
        throw new EOFException("the host closed the connection of the feed");
      }
      count += read;
      answer = HttpAnswer.in(buffer, count);
    }
    return answer;
  }

  private int find(byte[] wanted, int from, int end) {
    for (int at = from; at <= end - wanted.length; at++) {
      if (buffer[at] == wanted[0]
          && Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  private String text(int from) {
    int end = from;
    while (buffer[end] != '"') {
      end++;
    }
    return new String(buffer, from, end - from, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    socket.close();
  }
}
