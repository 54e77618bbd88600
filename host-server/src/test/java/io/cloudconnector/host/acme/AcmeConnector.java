package io.cloudconnector.host.acme;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.CloudConnectorBase;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import io.cloudconnector.core.OAuth;
import io.cloudconnector.core.WebhookVerifier;
import io.cloudconnector.core.WebhookVerifier.Part;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A notice is {@code {"account","type","id","trace"}}, its type such as {@code run.updated} or
 * {@code run.deleted}; several come as {@code {"notices":[…]}}. A document whose id is {@code
 * slip-0} and the like makes it say too much, and with the setting {@code talkative} nearly
 * everything does; one whose id is {@code late-0} and the like may not be there yet.
 */
final class AcmeConnector extends CloudConnectorBase {
  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.hmacSha256()
          .base64()
          .signature("X-Acme-Signature")
          .timestampMillis("X-Acme-Time")
          .signs(Part.timestamp(), Part.body());

  private final History history =
      AcmeHistory.by((connection, path) -> call(connection, HttpCall.get(url(path))));

  AcmeConnector(ConnectorContext context) {
    super(context, linking(context));
  }

  private static Linking linking(ConnectorContext context) {
    Linking real =
        OAuth.code().pkce().accountFrom("/v1/me", "/id").revokeByCall("DELETE").bind(context);
    return isTalkative(context) ? new TalkativeLinking(real, new AtomicInteger()) : real;
  }

  private static boolean isTalkative(ConnectorContext context) {
    return context.config().setting("talkative").equals(Optional.of("true"));
  }

  @Override
  public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
    return request.method().equals("GET")
        ? request.query("challenge").map(text -> WebhookReply.text(200, text))
        : Optional.empty();
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return VERIFIER.verify(request, context());
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    if (isTalkative(context())) {
      throw Slips.slip(
          request.body().length, context().config().webhookSecrets().getFirst().reveal());
    }
    Json body = Json.parse(request.body());
    return body.find("/notices")
        .map(notices -> batch(notices.elements()))
        .orElseGet(() -> List.of(event(body)));
  }

  private List<WebhookEvent> batch(List<Json> notices) {
    return IntStream.range(0, notices.size()).mapToObj(i -> item(notices.get(i), i)).toList();
  }

  private WebhookEvent item(Json notice, int index) {
    try {
      return event(notice);
    } catch (JsonException | IllegalArgumentException e) {
      return WebhookEvent.unreadable("/notices/" + index, "no notice");
    }
  }

  private WebhookEvent event(Json notice) {
    String account = notice.at("/account").id();
    String type = notice.at("/type").text();
    String id = notice.at("/id").text();
    String trace = trace(notice, id);
    WebhookEvent event =
        type.endsWith(".withdrawn")
            ? WebhookEvent.accessWithdrawn(account)
            : about(account, type, Resource.one(type.substring(0, type.indexOf('.')), id));
    return event.vendorType(type).traceId(trace).dedupeKey(trace, type, id);
  }

  private String trace(Json notice, String id) {
    boolean lenient = context().config().setting("lenient").equals(Optional.of("true"));
    return lenient
        ? notice.find("/trace").map(Json::text).orElse("without-" + id)
        : notice.at("/trace").text();
  }

  private static WebhookEvent about(String account, String type, Resource resource) {
    return type.endsWith(".deleted")
        ? WebhookEvent.deleted(account, resource)
        : WebhookEvent.changed(account, resource);
  }

  @Override
  public Optional<History> history() {
    return Optional.of(history);
  }

  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    if (resource.id().filter(id -> id.startsWith("slip-")).isPresent()) {
      int kind = Integer.parseInt(resource.id().get().substring("slip-".length()));
      throw Slips.slip(kind, connection.credentials().accessToken().reveal());
    }
    String path = "/v1/" + resource.type() + resource.id().map(id -> "/" + id).orElse("");
    if (resource.id().filter(id -> !id.startsWith("late-")).isPresent()) {
      return document(connection, resource, path);
    }
    return call(connection, HttpCall.get(url(path)))
        .map(
            reply ->
                reply.status() == 202
                    ? FetchResult.notYet(Duration.ofSeconds(7))
                    : FetchResult.found(VendorData.json(resource, reply.body())))
        .orElseGet(FetchResult::gone);
  }
}
