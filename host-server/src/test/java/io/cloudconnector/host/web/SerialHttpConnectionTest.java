package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.junit.jupiter.api.Test;

final class SerialHttpConnectionTest {
  @Test
  void aSecondThreadReadsOnlyWhenTheFirstIsDone() throws Exception {
    ServerConnector connector = new ServerConnector(new Server());
    HeldEndPoint endPoint = new HeldEndPoint();
    Connection made =
        new SerialHttpConnection.Factory(new HttpConfiguration())
            .newConnection(connector, endPoint);
    HttpConnection connection = (HttpConnection) made;
    endPoint.setConnection(connection);

    Thread first = Thread.ofPlatform().start(connection::onFillable);
    await().until(() -> endPoint.readers.get() == 1);
    Thread second = Thread.ofPlatform().start(connection::onFillable);
    await().until(() -> second.getState() == Thread.State.WAITING);
    assertThat(endPoint.readers).hasValue(1);

    endPoint.letGo.countDown();
    first.join();
    second.join();
    assertThat(endPoint.readers).as("the second reads after the first").hasValueGreaterThan(1);
  }

  /** Whoever reads from it waits until it is let go. */
  private static final class HeldEndPoint extends ByteArrayEndPoint {
    private final AtomicInteger readers = new AtomicInteger();
    private final CountDownLatch letGo = new CountDownLatch(1);

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
      readers.incrementAndGet();
      try {
        letGo.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return super.fill(buffer);
    }
  }
}
