package io.cloudconnector.host.web;

import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Setting;
import io.cloudconnector.host.config.ReturnUrlPattern;
import io.cloudconnector.host.link.FlowStart;
import io.cloudconnector.host.link.Invitation;
import io.cloudconnector.host.link.LinkException;
import io.cloudconnector.host.link.LinkFlow;
import io.cloudconnector.host.link.LinkOutcome;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Actor;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Asking for a link, opening it, and coming back from the vendor. */
final class LinkEndpoints {
  private static final int RETURN_URL_MAX = 2048;
  private static final String TITLE = "Not connected";
  private static final List<String> ONCE = List.of("state", "code", "error");

  /** What a returnUrl says of an earlier walk must not stand before what is said of this one. */
  private static final Pattern TOLD_BEFORE =
      Pattern.compile("(?<=^|&)(?:status|error)(?:=[^&]*)?(?:&|$)");

  private final LinkFlow flow;
  private final RunningConnectors connectors;
  private final List<ReturnUrlPattern> allowedReturnUrls;
  private final LinkCookie cookie;

  /**
   * The routes of linking.
   *
   * @param publicUrl over TLS the cookie is bound to it
   */
  LinkEndpoints(
      LinkFlow flow,
      RunningConnectors connectors,
      List<ReturnUrlPattern> allowedReturnUrls,
      URI publicUrl) {
    this.flow = flow;
    this.connectors = connectors;
    this.allowedReturnUrls = List.copyOf(allowedReturnUrls);
    this.cookie = LinkCookie.of(publicUrl);
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/links", false, this::invite),
        new Route("GET", "/link/{token}", true, this::open),
        new Route("GET", "/oauth/{vendor}/callback", true, this::comeBack),
        new Route("POST", "/oauth/{vendor}/callback", true, this::comeBack));
  }

  private Reply invite(Exchange exchange) {
    JsonNode json = exchange.json("vendor", "userId", "returnUrl", "options");
    RunningConnector connector = Values.connector(connectors, Values.text(json, "vendor"));
    String userId = Values.userId(Values.text(json, "userId"));
    Optional<URI> returnUrl = Values.optionalText(json, "returnUrl").map(this::allowed);
    Map<String, String> options = options(connector, Values.texts(json, "options"));
    Invitation invitation =
        flow.invite(Actor.key(exchange.caller()), connector, userId, returnUrl, options);
    return Reply.json(
        201,
        Map.of(
            "linkUrl", invitation.linkUrl().toString(),
            "expiresAt", invitation.expiresAt().toString()));
  }

  private URI allowed(String text) {
    try {
      // As it will stand in a header: in ASCII, and short enough for one. Read again, because the
      // normal form of a character may be one that no address has: U+1FEF is a backtick.
      URI url = new URI(new URI(text).toASCIIString());
      if (url.toString().length() > RETURN_URL_MAX) {
        throw ProblemException.badRequest(
            "'returnUrl' is longer than " + RETURN_URL_MAX + " characters");
      }
      if (allowedReturnUrls.stream().anyMatch(pattern -> pattern.matches(url))) {
        return url;
      }
    } catch (java.net.URISyntaxException e) {
      throw ProblemException.badRequest("'returnUrl' is not an address");
    }
    throw new ProblemException(
        400,
        "return-url-not-allowed",
        "'returnUrl' matches none of security.allowedReturnUrls in the host's configuration");
  }

  private static Map<String, String> options(
      RunningConnector connector, Map<String, String> given) {
    List<Setting> known = connector.descriptor().linkOptions();
    for (Map.Entry<String, String> option : given.entrySet()) {
      Setting setting =
          known.stream()
              .filter(one -> one.name().equals(option.getKey()))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemException.badRequest(
                          "unknown option '%s'; %s has: %s"
                              .formatted(option.getKey(), connector.vendor(), known)));
      if (!setting.choices().isEmpty() && !setting.choices().contains(option.getValue())) {
        throw ProblemException.badRequest(
            "option '%s' must be one of: %s"
                .formatted(setting.name(), String.join(", ", setting.choices())));
      }
    }
    known.stream()
        .filter(setting -> setting.isRequired() && !given.containsKey(setting.name()))
        .findFirst()
        .ifPresent(
            missing -> {
              throw ProblemException.badRequest("option '" + missing.name() + "' is missing");
            });
    return given;
  }

  private Reply open(Exchange exchange) {
    try {
      FlowStart start = flow.begin(exchange.path("token"), cookie.token(exchange));
      return step(start).header("Set-Cookie", cookie.holding(start.browserToken()));
    } catch (LinkException e) {
      return page(e);
    }
  }

  private static Reply step(FlowStart start) {
    return switch (start.step()) {
      case LinkStep.Redirect redirect -> Reply.redirect(redirect.location().toString());
      case LinkStep.Form form -> Pages.form(form.fields(), start.state(), start.callback());
    };
  }

  private Reply comeBack(Exchange exchange) {
    RunningConnector connector = Values.connector(connectors, exchange.path("vendor"));
    Optional<Reply> refused = refused(exchange);
    if (refused.isPresent()) {
      return refused.get();
    }
    LinkOutcome outcome = flow.complete(connector, exchange.parameters(), cookie.token(exchange));
    if (outcome.returnUrl().isPresent()) {
      return Reply.redirect(withStatus(outcome.returnUrl().get(), outcome.error()));
    }
    return outcome
        .error()
        .map(LinkEndpoints::page)
        .orElseGet(() -> Pages.message(200, "Connected", words(outcome)));
  }

  /** What is no answer of a vendor's must not use the walk up. */
  private static Optional<Reply> refused(Exchange exchange) {
    if (exchange.request().getMethod().equals("HEAD")) {
      return Optional.of(
          new ProblemException(405, "method-not-allowed", "a walk ends with GET or POST")
              .reply()
              .header("Allow", "GET, POST"));
    }
    // RFC 6749 3.1; of two values, who checks and who uses might each take another.
    return ONCE.stream().anyMatch(exchange::isRepeated)
        ? Optional.of(
            Pages.message(400, TITLE, "This answer is not in order. Open your link again."))
        : Optional.empty();
  }

  private static String words(LinkOutcome outcome) {
    return outcome.missingScopes().isEmpty()
        ? "Your account is linked. You can close this page."
        : "Your account is linked, but you did not allow everything that was asked for: "
            + String.join(", ", new TreeSet<>(outcome.missingScopes()))
            + ". You can close this page.";
  }

  private static String withStatus(String returnUrl, Optional<LinkException> error) {
    String status =
        error
            .map(e -> "status=error&error=" + URLEncoder.encode(e.code(), StandardCharsets.UTF_8))
            .orElse("status=linked");
    int hash = returnUrl.indexOf('#');
    String fragment = hash < 0 ? "" : returnUrl.substring(hash);
    String address = hash < 0 ? returnUrl : returnUrl.substring(0, hash);
    int mark = address.indexOf('?');
    String path = mark < 0 ? address : address.substring(0, mark);
    return path + "?" + own(mark < 0 ? "" : address.substring(mark + 1)) + status + fragment;
  }

  /** The application's own part of the query, ready to be continued. */
  private static String own(String query) {
    String kept = TOLD_BEFORE.matcher(query).replaceAll("");
    return kept.isEmpty() || kept.endsWith("&") ? kept : kept + "&";
  }

  private static Reply page(LinkException e) {
    int status =
        switch (e.code()) {
          case "access_denied", "foreign_browser" -> 403;
          case "link_expired", "link_used" -> 410;
          case "vendor_busy" -> 503;
          case "vendor_unavailable", "vendor_refused", "no_account" -> 502;
          default -> 400;
        };
    return Pages.message(status, TITLE, e.words());
  }
}
