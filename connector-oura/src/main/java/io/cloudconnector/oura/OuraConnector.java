package io.cloudconnector.oura;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.CloudConnectorBase;
import io.cloudconnector.core.OAuth;
import io.cloudconnector.core.WebhookVerifier;
import io.cloudconnector.core.WebhookVerifier.Part;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Oura, API v2. What is peculiar, and where it is said. The specification is {@code
 * https://cloud.ouraring.com/v2/static/json/openapi-1.35.json}, the pages are those below {@code
 * https://cloud.ouraring.com/docs}; what neither says was seen in public connectors, as named.
 *
 * <ul>
 *   <li><b>OAuth</b> (page on authentication): the consent page is at one host, the token endpoint
 *       at another. Fewer scopes may be granted than asked for, told with the prefix {@code
 *       extapi:}; {@code spo2Daily} of the pages is {@code spo2} of the API (both
 *       oomol-lab/open-connector, pull request 393). Refresh tokens serve once. A dead one brings
 *       {@code invalid_grant}, or {@code invalid_request} (watt-mind/coach, pull request 385). No
 *       PKCE is documented. The account's id is that of {@code personal_info}, which every token
 *       may read.
 *   <li><b>Revocation</b>: the page has the access token in the address and no method; POST works
 *       for the-momentum/open-wearables. tidepool-org/platform puts the refresh token into a header
 *       instead. We do as the vendor's own page says. A 401 to a renewed token means that it is
 *       ended.
 *   <li><b>Webhooks</b> (specification): upper-case hex of HMAC-SHA256, keyed with the client
 *       secret, over the timestamp header and the raw body. The header's unit is not stated, so
 *       freshness is checked only where the operator sets a tolerance. A delivery bears no id; ten
 *       repeats take about an hour. A 410 would end the subscription, so it is never answered.
 *   <li><b>Subscriptions</b> (specification): one for each kind of change of each type, for about
 *       90 days; one that is unknown is a 403. Oura tests the address while it is being subscribed.
 *   <li><b>Documents</b>: ids are opaque. A list takes days in the person's own zone; of a series
 *       it takes moments. A night counts to the day of waking up. There is no deleted state: a
 *       document that is gone is a 404.
 *   <li><b>Refusals</b>: 403 below {@code usercollection} is a membership that has lapsed or a
 *       scope that was not granted, and says nothing against the link. 422 names what was wrong.
 *   <li><b>Limits</b>: 5,000 calls in five minutes, of one token or of the application.
 * </ul>
 *
 * <p>In the sandbox Oura gives everybody the same made-up data. It sends no webhooks of it, so none
 * are subscribed, and those of real data are not looked up there.
 */
final class OuraConnector extends CloudConnectorBase {
  /** The name of the setting that asks for the sandbox. */
  static final String SANDBOX = "sandbox";

  private static final Logger log = LoggerFactory.getLogger(OuraConnector.class);

  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.hmacSha256()
          .hex()
          .signature("x-oura-signature")
          .timestampOpaque("x-oura-timestamp")
          .signs(Part.timestamp(), Part.body());

  private final boolean sandbox;
  private final OuraFetch fetch;
  private final OuraHandshake handshake;
  private final Optional<History> history;
  private final Optional<Subscriptions> subscriptions;

  OuraConnector(ConnectorContext context) {
    super(
        context,
        OAuth.code()
            .deadOn("invalid_grant", "invalid_request")
            .scopeAliases(name -> OuraScopes.names(name, context.config().scopes()))
            .accountFrom(OuraResource.PERSONAL_INFO.path(false), "/id")
            .revokeByQuery("POST", "access_token"));
    sandbox = context.config().setting(SANDBOX).filter("true"::equals).isPresent();
    OuraLists lists = new OuraLists(this::call, type -> url(type.path(sandbox)));
    fetch = new OuraFetch(lists);
    handshake = new OuraHandshake(context.state());
    history = Optional.of(new OuraHistory(lists));
    subscriptions =
        sandbox
            ? Optional.empty()
            : Optional.of(
                new OuraSubscriptions(
                    context, new OuraSubscriptionApi(context, this::url), handshake));
  }

  @Override
  public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
    return handshake.answer(request);
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return VERIFIER.verify(request, context());
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    WebhookEvent event = OuraEvents.read(request.body());
    if (sandbox) {
      log.atInfo()
          .addKeyValue("vendor", "oura")
          .log("a webhook of real data is left out: the sandbox is configured");
      return List.of();
    }
    return List.of(event);
  }

  /**
   * One document by its id, of a series one day; all documents of a span; or what Oura gives for a
   * type without more said: the person, or the newest page of a list as it is.
   */
  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    OuraResource type = OuraResource.named(resource.type());
    if (resource.span().isPresent()) {
      return fetch.span(connection, type, resource.span().get());
    }
    if (resource.days().isPresent()) {
      return fetch.days(connection, type, resource.days().get());
    }
    return resource
        .id()
        .map(id -> one(connection, type, resource, id))
        .orElseGet(() -> document(connection, resource, type.path(sandbox)));
  }

  private FetchResult one(Connection connection, OuraResource type, Resource resource, String id) {
    return switch (type.listing()) {
      case NONE -> throw new IllegalArgumentException("Oura's " + type.declared() + " has no ids");
      case SERIES -> fetch.day(connection, type, id);
      case WHOLE, BY_DAY -> document(connection, resource, type.path(sandbox) + "/" + id);
    };
  }

  @Override
  public Optional<History> history() {
    return history;
  }

  @Override
  public Optional<Subscriptions> subscriptions() {
    return subscriptions;
  }

  @Override
  public List<LimitReading> readLimits(HttpReply reply) {
    return OuraLimits.read(reply);
  }

  @Override
  protected Optional<String> reason(HttpReply refusal) {
    return OuraRefusal.reason(refusal);
  }
}
