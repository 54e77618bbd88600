package io.cloudconnector.host.web;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Reads a connection with one thread at a time.
 *
 * <p>Jetty 12.1.14 answers a request that it cannot parse from a second thread, which goes on to
 * read while the first still gives the buffer back. What was left of the request then lies in a
 * buffer that already belongs to somebody else, and comes before their answer: a stranger could
 * write the answers that others get.
 */
final class SerialHttpConnection extends HttpConnection {
  private final Lock reading = new ReentrantLock();

  private SerialHttpConnection(HttpConfiguration how, Connector connector, EndPoint endPoint) {
    super(how, connector, endPoint);
  }

  @Override
  public void onFillable() {
    reading.lock();
    try {
      super.onFillable();
    } finally {
      reading.unlock();
    }
  }

  /** Makes such connections. */
  static final class Factory extends HttpConnectionFactory {
    Factory(HttpConfiguration configuration) {
      super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
      SerialHttpConnection made =
          new SerialHttpConnection(getHttpConfiguration(), connector, endPoint);
      made.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
      return configure(made, connector, endPoint);
    }
  }
}
