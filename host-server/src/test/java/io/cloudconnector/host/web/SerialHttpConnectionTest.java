package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.junit.jupiter.api.Test;

final class SerialHttpConnectionTest {
  @Test
  void aSecondThreadReadsOnlyWhenTheFirstIsDone() throws Exception {
    HeldEndPoint endPoint = new HeldEndPoint();
    HttpConnection connection = connectionOfOurServer(endPoint);
    endPoint.setConnection(connection);

    Thread first = Thread.ofPlatform().start(connection::onFillable);
    await().untilAsserted(() -> assertThat(endPoint.readers).containsExactly(first));
    Thread second = Thread.ofPlatform().start(connection::onFillable);
    await().until(() -> second.getState() == Thread.State.WAITING);
    assertThat(endPoint.readers).containsExactly(first);

    endPoint.letGo.countDown();
    first.join();
    second.join();
    assertThat(endPoint.readers).containsExactlyInAnyOrder(first, second);
  }

  private static HttpConnection connectionOfOurServer(EndPoint endPoint) {
    JettyServer jetty =
        new JettyServer(new HttpServlet() {}, Map.of(), HttpBounds.USUAL, Optional.empty());
    Connector connector = jetty.at("127.0.0.1", 0).getConnectors()[0];
    return (HttpConnection)
        connector.getDefaultConnectionFactory().newConnection(connector, endPoint);
  }

  /** Whoever reads from it waits until it is let go. */
  private static final class HeldEndPoint extends ByteArrayEndPoint {
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch letGo = new CountDownLatch(1);

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      readers.add(Thread.currentThread());
      try {
        letGo.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return super.fill(buffer);
    }
  }
}
