package io.cloudconnector.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends prepared HTTP/1.1 requests over connections that stay open, one at a time on each, from one
 * thread: it shares the machine with the host, so it must cost little.
 */
final class LoadClient implements AutoCloseable {
  private static final long STEP_NANOS = 100_000;
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Selector selector;
  private final List<ClientConnection> connections = new ArrayList<>();

  LoadClient(int port, int count) throws IOException {
    this.selector = Selector.open();
    for (int i = 0; i < count; i++) {
      connections.add(
          ClientConnection.open(
              new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), selector));
    }
  }

  /** Sends all, each as soon as a connection is free. */
  LoadResult run(List<byte[]> requests) throws IOException {
    return run(requests, 0);
  }

  /**
   * Sends all at an even pace, as far as connections are free.
   *
   * @param perSecond 0 for as fast as answers come
   */
  LoadResult run(List<byte[]> requests, double perSecond) throws IOException {
    Deque<ClientConnection> idle = new ArrayDeque<>(connections);
    long began = System.nanoTime();
    LoadResult result = new LoadResult(requests.size(), began);
    double gap = perSecond == 0 ? 0 : 1e9 / perSecond;
    int sent = 0;
    int answered = 0;
    long lastAnswer = began;
    while (answered < requests.size()) {
      long now = System.nanoTime();
      while (sent < requests.size() && !idle.isEmpty() && began + sent * gap <= now) {
        idle.poll().send(sent, requests.get(sent));
        sent++;
      }
      boolean pacing = gap > 0 && sent < requests.size() && !idle.isEmpty();
      select(pacing ? (long) (began + sent * gap - now) : STUCK_NANOS);
      for (SelectionKey key : selector.selectedKeys()) {
        ClientConnection connection = (ClientConnection) key.attachment();
        if (connection.receive(result)) {
          answered++;
          lastAnswer = System.nanoTime();
          idle.add(connection);
        }
      }
      selector.selectedKeys().clear();
      if (System.nanoTime() - lastAnswer > STUCK_NANOS + (long) gap) {
        throw new IOException("the host has not answered for a minute");
      }
    }
    result.end();
    return result;
  }

  /** The selector sleeps whole milliseconds only; the rest is slept in small steps. */
  private void select(long nanos) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    if (millis > 0) {
      selector.select(millis);
    } else {
      LockSupport.parkNanos(Math.min(nanos, STEP_NANOS));
      selector.selectNow();
    }
  }

  @Override
  public void close() throws IOException {
    for (ClientConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
