package io.cloudconnector.host.link;

import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.plugin.RunningConnectors;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.Deed;
import io.cloudconnector.host.store.FlowRow;
import io.cloudconnector.host.store.LinkRow;
import io.cloudconnector.host.store.LinkStore;
import io.cloudconnector.host.vault.Vault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The walk of a person from a link through the vendor's consent page to a stored connection. Link
 * previews and impatient people open a link more than once, so each look begins a walk of its own
 * and only a finished link uses it up. Thread-safe.
 */
public final class LinkFlow {
  private static final Logger log = LoggerFactory.getLogger(LinkFlow.class);
  private static final Duration LINK_LIFE = Duration.ofMinutes(15);

  /**
   * Walks outlive their link, so that a late answer still finds the way back to the application.
   */
  private static final Duration LATE = Duration.ofHours(1);

  /** How long an answer from the vendor still finds its way back. */
  public static final Duration WALK_LIFE = LINK_LIFE.plus(LATE);

  private static final Duration VENDOR_DEADLINE = Duration.ofSeconds(20);

  private final URI publicUrl;
  private final RunningConnectors connectors;
  private final Database database;
  private final LinkStore links;
  private final AuditLog audit;
  private final Vault vault;
  private final Linker linker;
  private final Metrics metrics;
  private final InstantSource clock;

  public LinkFlow(
      URI publicUrl,
      RunningConnectors connectors,
      Database database,
      AuditLog audit,
      Vault vault,
      Linker linker,
      Metrics metrics,
      InstantSource clock) {
    this.publicUrl = publicUrl;
    this.connectors = connectors;
    this.database = database;
    this.links = new LinkStore(database);
    this.audit = audit;
    this.vault = vault;
    this.linker = linker;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Makes a link for a person. The token in it is stored as a hash only. */
  public Invitation invite(
      Actor by,
      RunningConnector connector,
      String userId,
      Optional<URI> returnUrl,
      Map<String, String> options) {
    String token = Tokens.random();
    Instant now = clock.instant();
    Instant expiresAt = now.plus(LINK_LIFE);
    LinkRow link =
        new LinkRow(
            Tokens.hash(token),
            connector.vendor(),
            userId,
            returnUrl.map(URI::toString).orElse(null),
            options,
            now,
            expiresAt,
            null);
    database.execute(
        tx -> {
          links.create(tx, link);
          audit.add(tx, Deed.of(by, Action.LINK_CREATED).at(link.vendor()).about(userId));
        });
    return new Invitation(address("/link/" + token), expiresAt);
  }

  /**
   * Begins a walk.
   *
   * @param browserToken what this browser's cookie holds from an earlier walk, so that two of them
   *     in two tabs do not push each other out
   * @throws LinkException when the link is no good or the vendor cannot be asked
   */
  public FlowStart begin(String token, Optional<String> browserToken) {
    LinkRow link = found(Tokens.hash(token));
    checkGood(link);
    RunningConnector connector = connector(link.vendor());
    String state = Tokens.random();
    String verifier = Tokens.random();
    String browser = browserToken.orElseGet(Tokens::random);
    LinkStep step = firstStep(connector, request(connector, link, state, verifier));
    FlowSecrets secrets =
        new FlowSecrets(
            verifier,
            step instanceof LinkStep.Redirect redirect ? redirect.flowState() : Optional.empty());
    String stateHash = Tokens.hash(state);
    links.startFlow(
        new FlowRow(
            stateHash,
            link.tokenHash(),
            Tokens.hash(browser),
            secrets.seal(vault, stateHash),
            clock.instant(),
            link.expiresAt().plus(LATE)));
    return new FlowStart(step, state, callback(connector.vendor()).toString(), browser);
  }

  private static LinkStep firstStep(RunningConnector connector, HostLinkRequest request) {
    return Asking.ask(connector.vendor(), () -> connector.connector().linking().begin(request));
  }

  /**
   * Ends a walk with what the vendor or the form sent back. The state is good for one answer,
   * whatever comes of it.
   *
   * @param vendor whose callback address was called
   * @param browserToken what the browser's cookie holds
   */
  public LinkOutcome complete(
      RunningConnector vendor, Map<String, String> parameters, Optional<String> browserToken) {
    FlowRow flow;
    LinkRow link;
    try {
      flow = consume(parameters.getOrDefault("state", ""));
      link = found(flow.tokenHash());
    } catch (LinkException e) {
      return finished(vendor.vendor(), LinkOutcome.failed(e, Optional.empty()));
    }
    Optional<String> returnUrl = Optional.ofNullable(link.returnUrl());
    try {
      checkSame(vendor, link, flow, browserToken);
      checkGood(link);
      String state = parameters.getOrDefault("state", "");
      FlowSecrets secrets = FlowSecrets.open(vault, flow.stateHash(), flow.secrets());
      HostLinkRequest request = request(vendor, link, state, secrets.codeVerifier());
      Linked linked = exchange(vendor, request, parameters, secrets);
      Set<String> missing = linker.store(vendor, link, withAccounts(vendor, link, linked));
      return finished(vendor.vendor(), LinkOutcome.linked(returnUrl, missing));
    } catch (LinkException e) {
      // A foreign browser is not sent on: the address belongs to the other person's application.
      boolean foreign = e.code().equals("foreign_browser");
      return finished(
          vendor.vendor(), LinkOutcome.failed(e, foreign ? Optional.empty() : returnUrl));
    }
  }

  private FlowRow consume(String state) {
    Optional<FlowRow> flow = state.isEmpty() ? Optional.empty() : consumed(Tokens.hash(state));
    return flow.orElseThrow(
        () ->
            new LinkException(
                "invalid_state",
                "This answer was used before or is too old. Open your link again."));
  }

  /** Looks first: anybody may send a made-up state, and writers wait for one another. */
  private Optional<FlowRow> consumed(String stateHash) {
    return links.isFlow(stateHash)
        ? database.write(tx -> links.consumeFlow(tx, stateHash, clock.instant()))
        : Optional.empty();
  }

  private LinkRow found(String tokenHash) {
    return links.find(tokenHash).orElseThrow(LinkFlow::expired);
  }

  private void checkGood(LinkRow link) {
    if (!link.expiresAt().isAfter(clock.instant())) {
      throw expired();
    }
    if (link.spentAt() != null) {
      throw new LinkException("link_used", "This link was used before. Ask for a new one.");
    }
  }

  private static LinkException expired() {
    return new LinkException("link_expired", "This link is not valid any more. Ask for a new one.");
  }

  private RunningConnector connector(VendorType vendor) {
    return connectors
        .find(vendor)
        .orElseThrow(
            () ->
                new LinkException(
                    "vendor_unavailable", "This service is switched off. Try again later."));
  }

  private static void checkSame(
      RunningConnector vendor, LinkRow link, FlowRow flow, Optional<String> browserToken) {
    boolean sameBrowser =
        browserToken.map(token -> Tokens.sameHash(token, flow.browserHash())).orElse(false);
    if (!sameBrowser) {
      throw new LinkException(
          "foreign_browser",
          "The link was opened in another browser. Open it again and finish in the same one.");
    }
    if (!link.vendor().equals(vendor.vendor())) {
      throw new LinkException("invalid_state", "This answer belongs to another service.");
    }
  }

  private static Linked exchange(
      RunningConnector vendor,
      HostLinkRequest request,
      Map<String, String> parameters,
      FlowSecrets secrets) {
    return Asking.ask(
        vendor.vendor(),
        () ->
            vendor
                .connector()
                .linking()
                .complete(request, new HostLinkAnswer(parameters, secrets.flowState())));
  }

  private static Linked withAccounts(RunningConnector vendor, LinkRow link, Linked linked) {
    if (!linked.accountIds().isEmpty()) {
      return linked;
    }
    VendorHttp http = vendor.http(vendor.limits().unreserved(link.userId()), VENDOR_DEADLINE);
    Set<String> granted = linked.granted().orElse(vendor.config().scopes());
    NewGrantConnection connection =
        new NewGrantConnection(link.userId(), granted, linked.credentials(), http);
    Linked named =
        linked.accountIds(
            Asking.ask(vendor.vendor(), () -> vendor.connector().linking().accountIds(connection)));
    if (named.accountIds().isEmpty() && vendor.descriptor().webhooks().isPresent()) {
      throw new LinkException(
          "no_account", "The service did not tell whose account this is. Try again later.");
    }
    return named;
  }

  private HostLinkRequest request(
      RunningConnector connector, LinkRow link, String state, String verifier) {
    return new HostLinkRequest(
        state,
        callback(connector.vendor()),
        verifier,
        link.options(),
        connector.http(connector.limits().unreserved(link.userId()), VENDOR_DEADLINE));
  }

  private URI callback(VendorType vendor) {
    return address("/oauth/" + vendor + "/callback");
  }

  private URI address(String path) {
    return URI.create(publicUrl + path);
  }

  private static Metrics.Link kind(LinkException error) {
    return error.code().equals("access_denied") ? Metrics.Link.REFUSED : Metrics.Link.FAILED;
  }

  private LinkOutcome finished(VendorType vendor, LinkOutcome outcome) {
    metrics.linkFinished(vendor, outcome.error().map(LinkFlow::kind).orElse(Metrics.Link.LINKED));
    outcome
        .error()
        .ifPresent(
            error ->
                // A made-up state is anybody's doing; the metrics count it.
                log.atLevel(error.code().equals("invalid_state") ? Level.DEBUG : Level.INFO)
                    .addKeyValue("vendor", vendor)
                    .log("A link ended without a connection: {}", error.code()));
    return outcome;
  }
}
