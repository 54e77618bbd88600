package io.cloudconnector.host.web;

import io.cloudconnector.host.config.ServerSettings;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.observe.Metrics;
import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Embedded Jetty, each request on a virtual thread. The interface and, where a port of its own is
 * set, what watches over the host are two servers.
 */
public final class WebServer implements AutoCloseable {
  /** Longer than the longest long poll, which sends nothing meanwhile. */
  private static final long IDLE_MILLIS = 90_000;

  private static final long STOP_MILLIS = 10_000;

  private final ServerSettings settings;
  private final Server main;
  private final Optional<Server> management;

  private WebServer(ServerSettings settings, Server main, Optional<Server> management) {
    this.settings = settings;
    this.main = main;
    this.management = management;
  }

  static WebServer of(
      ServerSettings settings,
      List<Route> interfaceRoutes,
      List<Route> operationRoutes,
      ApiKeys keys,
      Metrics metrics) {
    List<Route> all = new ArrayList<>(interfaceRoutes);
    if (settings.managementPort().isEmpty()) {
      all.addAll(operationRoutes);
    }
    Server main = server(settings.host(), settings.port(), new Router(all, keys, metrics));
    Optional<Server> management =
        settings.managementPort().stream()
            .mapToObj(
                port -> server(settings.host(), port, new Router(operationRoutes, keys, metrics)))
            .findFirst();
    return new WebServer(settings, main, management);
  }

  private static Server server(String host, int port, Router router) {
    QueuedThreadPool threads = new QueuedThreadPool(16, 4);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request ", 0).factory()));
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, http());
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    server.setHandler(new GracefulHandler(context(router)));
    server.setStopTimeout(STOP_MILLIS);
    server.setErrorHandler(new PlainErrors());
    return server;
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    // A user id may hold a slash, which a caller has to send as %2F, or a percent sign or a
    // backslash; routes match the raw path.
    configuration.setUriCompliance(
        UriCompliance.from(
            "0,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING,SUSPICIOUS_PATH_CHARACTERS"));
    return new HttpConnectionFactory(configuration);
  }

  private static ServletContextHandler context(Router router) {
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addServlet(new ServletHolder(router), "/*");
    context.setErrorHandler(new PlainErrors());
    return context;
  }

  /**
   * Opens the ports.
   *
   * @throws StartupException when one cannot be had
   */
  public void start() {
    start(main, settings.port());
    management.ifPresent(server -> start(server, settings.managementPort().orElse(0)));
  }

  private void start(Server server, int port) {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw portFault(e, port);
    }
  }

  private StartupException portFault(Exception e, int port) {
    boolean taken = e instanceof BindException || e.getCause() instanceof BindException;
    String address = settings.host() + ":" + port;
    return taken || e instanceof IOException
        ? new StartupException(
            "cannot listen on " + address + ": " + rootMessage(e) + "; is another host running?", e)
        : new StartupException("the web server did not start: " + rootMessage(e), e);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** The port in use, which the system chose where 0 was configured. */
  public int port() {
    return port(main);
  }

  /** The port of health and metrics. */
  public int managementPort() {
    return port(management.orElse(main));
  }

  private static int port(Server server) {
    return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
  }

  /** Takes no more requests, and gives those under way a while to end. */
  @Override
  public void close() {
    try {
      stop(main);
    } finally {
      management.ifPresent(WebServer::stop);
    }
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the web server did not stop cleanly", e);
    }
  }
}
