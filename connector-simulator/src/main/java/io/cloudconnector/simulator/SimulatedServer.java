package io.cloudconnector.simulator;

import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on a free port of 127.0.0.1: routes, filters around them, faults before them, and
 * a log of what came in. Each request has a virtual thread of its own. Thread-safe.
 */
public final class SimulatedServer implements AutoCloseable {
  private final List<PathRoute> routes = new CopyOnWriteArrayList<>();
  private final List<PathFilter> filters = new CopyOnWriteArrayList<>();
  private final RequestLog requests = new RequestLog();
  private final Faults faults = new Faults();
  private final FrontDoor door;
  private @Nullable Server jetty;
  private @Nullable ServerConnector connector;

  /**
   * @param clock tells when a request came in
   */
  public SimulatedServer(InstantSource clock) {
    this.door = new FrontDoor(clock, requests, faults, this::answer);
  }

  /**
   * Adds a route.
   *
   * @param template a path in which {@code {name}} stands for one segment, as in {@code
   *     /v2/cycle/{id}}; read it with {@link SimulatedRequest#part}
   */
  public SimulatedServer route(String method, String template, Route route) {
    routes.add(new PathRoute(method, segments(template), route));
    return this;
  }

  /** Puts a filter around all paths that start so, inside those added before. */
  public SimulatedServer filter(String pathPrefix, Filter filter) {
    filters.add(new PathFilter(pathPrefix, filter));
    return this;
  }

  /**
   * Opens the port.
   *
   * @throws IllegalStateException when started before, or when no port can be opened
   */
  public synchronized void start() {
    if (jetty != null) {
      throw new IllegalStateException("the simulated server was started before");
    }
    Server server = new Server(new VirtualThreadPool());
    ServerConnector port = new ServerConnector(server, 1, 1, new HttpConnectionFactory(quiet()));
    port.setHost("127.0.0.1");
    server.addConnector(port);
    server.setHandler(door);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("no port of 127.0.0.1 could be opened", e);
    }
    jetty = server;
    connector = port;
  }

  private static HttpConfiguration quiet() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    return configuration;
  }

  /**
   * The full address of a path.
   *
   * @throws IllegalStateException before {@link #start()}
   */
  public synchronized URI url(String path) {
    if (connector == null) {
      throw new IllegalStateException("the address is known only after start()");
    }
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
  }

  /** What came in. */
  public RequestLog requests() {
    return requests;
  }

  /** What is to go wrong. */
  public Faults faults() {
    return faults;
  }

  private SimulatedReply answer(SimulatedRequest request) {
    Route next = this::routed;
    for (PathFilter filter : filters.reversed()) {
      next = filter.around(next);
    }
    return next.answer(request);
  }

  private SimulatedReply routed(SimulatedRequest request) {
    List<String> path = segments(request.path());
    for (PathRoute route : routes) {
      Optional<Map<String, String>> parts = route.match(request.method(), path);
      if (parts.isPresent()) {
        return refusable(route.route(), request.withParts(parts.get()));
      }
    }
    return SimulatedReply.text(404, "there is nothing here");
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  private static SimulatedReply refusable(Route route, SimulatedRequest request) {
    try {
      return route.answer(request);
    } catch (Refusal refusal) {
      return refusal.reply();
    }
  }

  @Override
  public synchronized void close() {
    door.release();
    if (jetty != null) {
      try {
        jetty.stop();
      } catch (Exception e) {
        throw new IllegalStateException("the simulated server did not stop", e);
      }
    }
  }

  private record PathRoute(String method, List<String> template, Route route) {
    Optional<Map<String, String>> match(String asked, List<String> path) {
      if (!asked.equals(method) || path.size() != template.size()) {
        return Optional.empty();
      }
      Map<String, String> parts = new HashMap<>();
      for (int i = 0; i < path.size(); i++) {
        String segment = template.get(i);
        if (segment.startsWith("{")) {
          parts.put(segment.substring(1, segment.length() - 1), FormText.decode(path.get(i)));
        } else if (!segment.equals(path.get(i))) {
          return Optional.empty();
        }
      }
      return Optional.of(parts);
    }
  }

  private record PathFilter(String prefix, Filter filter) {
    Route around(Route next) {
      return request ->
          request.path().startsWith(prefix) ? filter.around(request, next) : next.answer(request);
    }
  }
}
