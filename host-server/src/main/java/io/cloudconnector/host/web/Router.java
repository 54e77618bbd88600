package io.cloudconnector.host.web;

import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.DatabaseUnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request, asks for a key where one is needed, and writes the answer. */
final class Router extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(Router.class);

  private final transient List<Route> routes;
  private final transient ApiKeys keys;
  private final transient Metrics metrics;
  private final transient Map<String, String> always;
  private final transient BodyBudget bodies = BodyBudget.ofHeap();

  /**
   * Of these routes.
   *
   * @param always headers of every answer
   */
  Router(List<Route> routes, ApiKeys keys, Metrics metrics, Map<String, String> always) {
    this.always = always;
    this.routes = List.copyOf(routes);
    this.keys = keys;
    this.metrics = metrics;
  }

  /**
   * A route whose path is that of the request.
   *
   * @param parts what the path has for the names of the template
   */
  private record Match(Route route, Map<String, String> parts) {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<Match> matching = matching(request.getRequestURI());
    Optional<Match> match =
        matching.stream().filter(one -> one.route.serves(request.getMethod())).findFirst();
    String template = match.map(one -> one.route.template()).orElse("none");
    Reply reply = answer(request, matching, match, template);
    metrics.httpRequest(template, reply.status());
    UnreadBody.settle(request, response);
    try {
      write(reply, response);
    } catch (RuntimeException | Error e) {
      // Told here and by the template: the server would tell it with the address.
      log.atError().setCause(e).log("{} broke off in its answer", template);
      throw new IOException("the answer could not be finished");
    }
  }

  private List<Match> matching(String path) {
    List<String> given = Route.segments(path);
    List<Match> matching = new ArrayList<>();
    try {
      for (Route route : routes) {
        route.match(given).ifPresent(parts -> matching.add(new Match(route, parts)));
      }
      return matching;
    } catch (IllegalArgumentException malformedEscape) {
      return List.of();
    }
  }

  private Reply answer(
      HttpServletRequest request, List<Match> matching, Optional<Match> match, String template) {
    try {
      // A caller without a key does not learn which paths there are.
      boolean open = match.isPresent() && match.get().route.open();
      String caller = open ? "anybody" : keyWhereNeeded(request);
      if (match.isEmpty()) {
        return matching.isEmpty() ? nothing() : otherMethod(matching);
      }
      Route route = match.get().route;
      try (BodyBudget.Lease memory = bodies.lease()) {
        return route.handler().apply(new Exchange(request, caller, match.get().parts, memory));
      }
    } catch (ProblemException e) {
      return e.reply();
    } catch (DatabaseUnavailableException e) {
      log.atError()
          .log("A request cannot be served: {}; the caller is asked to come back", e.getMessage());
      return unavailable();
    } catch (RuntimeException | Error e) {
      return failed(template, e);
    }
  }

  private String keyWhereNeeded(HttpServletRequest request) {
    String path = request.getRequestURI();
    boolean needed = path.startsWith("/v1/") || path.equals("/v1");
    return needed ? keys.check(request) : "anybody";
  }

  private static Reply nothing() {
    return ProblemException.notFound("there is nothing at this address").reply();
  }

  private static Reply otherMethod(List<Match> matching) {
    String allowed =
        matching.stream()
            .map(one -> one.route.method())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return new ProblemException(405, "method-not-allowed", "this address takes: " + allowed)
        .reply()
        .header("Allow", allowed);
  }

  private static Reply unavailable() {
    return new ProblemException(
            503,
            "storage-unavailable",
            "the database does not answer; try again",
            Optional.of(Duration.ofSeconds(5)))
        .reply();
  }

  private static Reply failed(String route, Throwable e) {
    if (e instanceof UncheckedIOException gone) {
      log.atDebug().setCause(gone).log("The caller went away; there is nobody to answer");
      return ProblemException.badRequest("the body ended too early").reply();
    }
    log.atError()
        .setCause(e)
        // The template, never the address: that may hold a link's token.
        .log("{} failed; the caller got a 500", route);
    return new ProblemException(500, "internal-error", "the host failed; its log tells why")
        .reply();
  }

  private void write(Reply reply, HttpServletResponse response) throws IOException {
    response.setStatus(reply.status());
    always.forEach(response::setHeader);
    reply.headers().forEach(response::addHeader);
    reply.mediaType().ifPresent(response::setContentType);
    if (reply.stream().isPresent()) {
      reply.stream().get().writeTo(response.getOutputStream());
    } else {
      response.setContentLength(reply.body().length);
      response.getOutputStream().write(reply.body());
    }
  }
}
