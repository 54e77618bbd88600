package io.cloudconnector.host.web;

import io.cloudconnector.host.config.ServerSettings;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.observe.Metrics;
import java.io.IOException;
import java.net.BindException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Embedded Jetty, each request on a virtual thread. The interface and, where a port of its own is
 * set, what watches over the host are two servers.
 */
public final class WebServer implements AutoCloseable {
  private final ServerSettings settings;
  private final Server main;
  private final Optional<Server> management;
  private final Optional<ServedCertificate> certificate;
  private final InstantSource clock;

  private WebServer(
      ServerSettings settings,
      Server main,
      Optional<Server> management,
      Optional<ServedCertificate> certificate,
      InstantSource clock) {
    this.settings = settings;
    this.main = main;
    this.management = management;
    this.certificate = certificate;
    this.clock = clock;
  }

  /**
   * Makes both servers.
   *
   * @throws StartupException when the configured keystore cannot be used
   */
  static WebServer of(
      ServerSettings settings,
      List<Route> interfaceRoutes,
      List<Route> operationRoutes,
      ApiKeys keys,
      Metrics metrics,
      HttpBounds bounds,
      InstantSource clock) {
    List<Route> all = new ArrayList<>(interfaceRoutes);
    if (settings.managementPort().isEmpty()) {
      all.addAll(operationRoutes);
    }
    Optional<ServedCertificate> certificate =
        settings.tls().map(tls -> new ServedCertificate(tls, clock.instant()));
    Map<String, String> always = SafeHeaders.of(certificate.isPresent());
    JettyServer main =
        new JettyServer(new Router(all, keys, metrics, always), always, bounds, certificate);
    Map<String, String> plain = SafeHeaders.of(false);
    Optional<Server> management =
        settings.managementPort().stream()
            .mapToObj(
                port ->
                    new JettyServer(
                            new Router(operationRoutes, keys, metrics, plain),
                            plain,
                            bounds,
                            Optional.empty())
                        .at(settings.host(), port))
            .findFirst();
    return new WebServer(
        settings, main.at(settings.host(), settings.port()), management, certificate, clock);
  }

  /** Takes a certificate that was renewed since; to be called now and then, by one thread. */
  public void renewCertificate() {
    certificate.ifPresent(served -> served.renew(clock.instant()));
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
