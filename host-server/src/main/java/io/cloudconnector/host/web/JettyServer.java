package io.cloudconnector.host.web;

import jakarta.servlet.http.HttpServlet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * How a Jetty of ours is set up.
 *
 * @param always headers of every answer
 * @param certificate empty: plain HTTP
 */
record JettyServer(
    HttpServlet router,
    Map<String, String> always,
    HttpBounds bounds,
    Optional<ServedCertificate> certificate) {
  private static final long STOP_MILLIS = 10_000;

  /** One that is not started yet. */
  Server at(String host, int port) {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request ", 0).factory()));
    Server server = new Server(threads);
    ServerConnector connector = connector(server);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(bounds.idle().toMillis());
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(bounds.connections(), connector));
    SlowCallers callers = new SlowCallers(bounds, new GracefulHandler(context()));
    connector.addBean(callers, false);
    server.setHandler(callers);
    server.setStopTimeout(STOP_MILLIS);
    server.setErrorHandler(new PlainErrors(always));
    return server;
  }

  private ServerConnector connector(Server server) {
    HttpConnectionFactory http = http();
    ConnectionFactory[] factories =
        certificate
            .map(served -> AbstractConnectionFactory.getFactories(served.factory(), http))
            .orElseGet(() -> new ConnectionFactory[] {http});
    return new ServerConnector(server, 1, 1, factories);
  }

  private HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    configuration.setRequestHeaderSize(HttpBounds.HEAD_BYTES);
    // A user id may hold a slash, which a caller has to send as %2F, or a percent sign or a
    // backslash; routes match the raw path.
    configuration.setUriCompliance(
        UriCompliance.from(
            "0,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING,SUSPICIOUS_PATH_CHARACTERS"));
    if (certificate.isPresent()) {
      // No address of ours is built from the name that a caller asks for, so none is refused: a
      // command on this machine calls 127.0.0.1, which stands in no certificate.
      configuration.addCustomizer(new SecureRequestCustomizer(false));
    }
    return new SerialHttpConnection.Factory(configuration);
  }

  private ServletContextHandler context() {
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    context.setMaxFormContentSize(HttpBounds.FORM_BYTES);
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServlet(new ServletHolder(router), "/*");
    context.setErrorHandler(new PlainErrors(always));
    return context;
  }
}
