package io.cloudconnector.host.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.CloudConnectorBase;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.OAuth;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * A notice is {@code {"account","type","id"}} under a secret that never changes. A handshake whose
 * challenge is {@code gone} or {@code slip} makes it do what no connector should.
 */
final class CirrusConnector extends CloudConnectorBase {
  static final String TOKEN = "verification token";

  private final CirrusSubscriptions subscriptions;

  CirrusConnector(ConnectorContext context) {
    super(context, OAuth.code().accountFrom("/v1/me", "/id"));
    this.subscriptions = new CirrusSubscriptions(context);
  }

  @Override
  public Optional<Subscriptions> subscriptions() {
    return Optional.of(subscriptions);
  }

  @Override
  public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
    Optional<String> challenge = request.query("challenge");
    if (challenge.isEmpty()) {
      return Optional.empty();
    }
    if (challenge.get().equals("gone")) {
      return Optional.of(WebhookReply.status(410));
    }
    Secret ours = context().state().read(TOKEN).orElseGet(() -> Secret.of("none yet"));
    if (challenge.get().equals("slip")) {
      throw new IllegalStateException("it should have been " + ours.reveal());
    }
    boolean right = request.query("token").filter(given -> isSame(given, ours)).isPresent();
    return Optional.of(right ? WebhookReply.text(200, challenge.get()) : WebhookReply.status(401));
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    Secret secret = context().config().webhookSecrets().getFirst();
    return request.header("X-Cirrus-Secret").filter(given -> isSame(given, secret)).isPresent();
  }

  private static boolean isSame(String given, Secret secret) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), secret.reveal().getBytes(UTF_8));
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    Json notice = Json.parse(request.body());
    Resource resource = Resource.one(notice.at("/type").text(), notice.at("/id").text());
    return List.of(
        WebhookEvent.carried(
            notice.at("/account").id(), VendorData.json(resource, request.body())));
  }

  @Override
  public WebhookReply acknowledgement(WebhookRequest request) {
    return WebhookReply.status(request.query("rude").isPresent() ? 410 : 200);
  }

  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    return document(connection, resource, "/v1/" + resource.type());
  }
}
