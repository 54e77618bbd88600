package io.cloudconnector.whoop;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.HistoryQuery;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.CloudConnectorBase;
import io.cloudconnector.core.OAuth;
import io.cloudconnector.core.WebhookVerifier;
import io.cloudconnector.core.WebhookVerifier.Part;
import java.util.List;
import java.util.Optional;

/**
 * WHOOP, API v2 (v1 is gone: its webhooks ended on 2025-11-01). Webhooks are registered by hand in
 * WHOOP's developer dashboard, with model version v2. What is peculiar, and where WHOOP says so on
 * developer.whoop.com:
 *
 * <ul>
 *   <li><b>OAuth</b> ({@code /docs/developing/oauth}, {@code
 *       /docs/tutorials/refresh-token-javascript}): the client's id and secret go into the form,
 *       never into a Basic header. Only the scope {@code offline} brings a refresh token, and it is
 *       sent again with each refresh. Each refresh ends the old pair at once. No PKCE is
 *       documented. The token reply names no user; the profile does, so linking needs {@code
 *       read:profile}.
 *   <li><b>Revocation</b> (the OpenAPI description at {@code
 *       https://api.prod.whoop.com/developer/doc/openapi.json}): {@code DELETE /v2/user/access}
 *       with an access token that is still good.
 *   <li><b>Webhooks</b> ({@code /docs/developing/webhooks}): Base64 of HMAC-SHA256, keyed with the
 *       client secret, over the timestamp header (milliseconds) and the raw body, without anything
 *       between. A delivery is repeated five times over about an hour; whether it is then signed
 *       anew is not said, hence a tolerance of two hours.
 *   <li><b>Recovery</b>: a webhook's id is the UUID of the <em>sleep</em>, and there is no address
 *       for one recovery. It takes two calls: the sleep names its cycle, the cycle has the
 *       recovery.
 *   <li><b>Lists</b> (the OpenAPI description): newest first, at most 25 records a page, of any
 *       span. The answer names its continuation {@code next_token}; the question, {@code
 *       nextToken}. There are none of the profile and the body measurements, and no webhooks of
 *       these or of cycles.
 *   <li><b>Limits</b> ({@code /docs/developing/rate-limiting}): for the whole application, over all
 *       people. {@code X-RateLimit-Reset} counts seconds from now; it is no point in time. A {@code
 *       Retry-After} is not documented.
 * </ul>
 */
final class WhoopConnector extends CloudConnectorBase {
  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.hmacSha256()
          .base64()
          .signature("X-WHOOP-Signature")
          .timestampMillis("X-WHOOP-Signature-Timestamp")
          .signs(Part.timestamp(), Part.body());

  private final History history = this::page;

  WhoopConnector(ConnectorContext context) {
    super(
        context,
        OAuth.code()
            .refreshParameter("scope", "offline")
            .accountFrom(WhoopResource.PROFILE.path(), "/user_id")
            .revokeByCall("DELETE"));
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return VERIFIER.verify(request, context());
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    return WhoopEvents.read(request.body());
  }

  /**
   * One document by its id, or what WHOOP gives for a type without one: the profile, the body
   * measurements, or the newest page of a list as it is.
   */
  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    WhoopResource type = type(resource.type());
    if (resource.span().isPresent() || resource.days().isPresent()) {
      throw new IllegalArgumentException("WHOOP's " + type.declared() + " is not fetched by time");
    }
    Optional<String> id = resource.id().map(type::checked);
    if (id.isEmpty()) {
      return document(connection, resource, type.path());
    }
    return type == WhoopResource.RECOVERY
        ? recovery(connection, resource, id.get())
        : document(connection, resource, type.path(id.get()));
  }

  private static WhoopResource type(String name) {
    return WhoopResource.named(name)
        .orElseThrow(() -> new IllegalArgumentException("WHOOP has no " + name));
  }

  /**
   * The recovery that belongs to a sleep. Gone when the sleep is gone, because a recovery is
   * deleted with its sleep, and when the sleep's cycle has no recovery. Gone too when the cycle's
   * recovery names another sleep: every sleep names a cycle, naps too, but a cycle has one
   * recovery, which belongs to one sleep. WHOOP tells of it under that sleep's id; handing it out
   * under this one would put one document under two ids, and say of a nap what is true of the
   * night.
   */
  private FetchResult recovery(Connection connection, Resource resource, String sleepId) {
    return get(connection, WhoopResource.SLEEP.path(sleepId))
        .map(
            sleep ->
                WhoopAnswer.read(
                    sleep, json -> WhoopResource.CYCLE.path(json.at("/cycle_id").id())))
        .map(cycle -> cycle + "/recovery")
        .flatMap(path -> get(connection, path))
        .filter(
            recovery ->
                WhoopAnswer.read(
                    recovery, json -> json.at("/sleep_id").text().equalsIgnoreCase(sleepId)))
        .map(recovery -> FetchResult.found(VendorData.json(resource, recovery.body())))
        .orElseGet(FetchResult::gone);
  }

  private Optional<HttpReply> get(Connection connection, String path) {
    return call(connection, HttpCall.get(url(path)));
  }

  @Override
  public Optional<History> history() {
    return Optional.of(history);
  }

  private HistoryPage page(Connection connection, HistoryQuery query) {
    WhoopResource type = type(query.resourceType());
    return type.isListed()
        ? WhoopList.page(type, listed(connection, type, query))
        : HistoryPage.last(only(connection, type));
  }

  private HttpReply listed(Connection connection, WhoopResource type, HistoryQuery query) {
    return call(connection, WhoopList.call(url(type.path()), query))
        .orElseThrow(
            () -> new VendorApiException("WHOOP does not know its list " + type.path(), 404));
  }

  private List<VendorData> only(Connection connection, WhoopResource type) {
    Resource resource = Resource.all(type.declared().name());
    return document(connection, resource, type.path()) instanceof FetchResult.Found found
        ? found.documents()
        : List.of();
  }

  @Override
  public List<LimitReading> readLimits(HttpReply reply) {
    return WhoopLimits.read(reply, context().clock().instant());
  }
}
