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
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Asking for a link, opening it, and coming back from the vendor. */
final class LinkEndpoints {
  private static final int RETURN_URL_MAX = 2048;
  private static final String COOKIE = "connector_link";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final LinkFlow flow;
  private final RunningConnectors connectors;
  private final List<ReturnUrlPattern> allowedReturnUrls;
  private final boolean secure;

  /**
   * The routes of linking.
   *
   * @param publicUrl over TLS the cookie is marked so that browsers never send it in clear
   */
  LinkEndpoints(
      LinkFlow flow,
      RunningConnectors connectors,
      List<ReturnUrlPattern> allowedReturnUrls,
      URI publicUrl) {
    this.flow = flow;
    this.connectors = connectors;
    this.allowedReturnUrls = List.copyOf(allowedReturnUrls);
    this.secure = "https".equals(publicUrl.getScheme());
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
      // As it will stand in a header: in ASCII, and short enough for one.
      URI url = URI.create(new URI(text).toASCIIString());
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
      FlowStart start = flow.begin(exchange.path("token"), browser(exchange));
      return step(start).header("Set-Cookie", cookie(start.browserToken()));
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

  private String cookie(String token) {
    return COOKIE
        + "="
        + token
        + "; Path=/; Max-Age="
        + LinkFlow.WALK_LIFE.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }

  private static Optional<String> browser(Exchange exchange) {
    return exchange.cookie(COOKIE).filter(token -> TOKEN.matcher(token).matches());
  }

  private Reply comeBack(Exchange exchange) {
    RunningConnector connector = Values.connector(connectors, exchange.path("vendor"));
    LinkOutcome outcome = flow.complete(connector, exchange.parameters(), browser(exchange));
    if (outcome.returnUrl().isPresent()) {
      return Reply.redirect(withStatus(outcome.returnUrl().get(), outcome.error()));
    }
    return outcome
        .error()
        .map(LinkEndpoints::page)
        .orElseGet(
            () ->
                Pages.message(
                    200, "Connected", "Your account is linked. You can close this page."));
  }

  private static String withStatus(String returnUrl, Optional<LinkException> error) {
    String status =
        error
            .map(e -> "status=error&error=" + URLEncoder.encode(e.code(), StandardCharsets.UTF_8))
            .orElse("status=linked");
    int hash = returnUrl.indexOf('#');
    String fragment = hash < 0 ? "" : returnUrl.substring(hash);
    String address = hash < 0 ? returnUrl : returnUrl.substring(0, hash);
    return address + (address.indexOf('?') < 0 ? "?" : "&") + status + fragment;
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
    return Pages.message(status, "Not connected", e.words());
  }
}
