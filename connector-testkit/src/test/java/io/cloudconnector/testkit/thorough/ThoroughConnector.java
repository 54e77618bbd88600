package io.cloudconnector.testkit.thorough;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.HistoryQuery;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.CloudConnectorBase;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import io.cloudconnector.core.JsonSlices;
import io.cloudconnector.core.OAuth;
import io.cloudconnector.core.WebhookVerifier;
import io.cloudconnector.core.WebhookVerifier.Part;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class ThoroughConnector extends CloudConnectorBase {
  static final String TOKEN = "verification";

  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.hmacSha256().hex().signature("X-Thorough-Signature").signs(Part.body());

  private final History history = this::page;
  private final Subscriptions subscriptions;

  ThoroughConnector(ConnectorContext context) {
    super(context, OAuth.code().accountFromToken("/person"));
    subscriptions = new ThoroughSubscriptions(context, this::call, url("/v1/hooks"));
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return VERIFIER.verify(request, context());
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    List<WebhookEvent> events = new ArrayList<>();
    for (Json item : Json.parse(request.body()).elements()) {
      events.add(event("/" + events.size(), item));
    }
    return events;
  }

  private static WebhookEvent event(String where, Json item) {
    try {
      Resource steps = Resource.one("steps", item.at("/day").text());
      String person = item.at("/person").id();
      return item.at("/what").text().equals("deleted")
          ? WebhookEvent.deleted(person, steps)
          : WebhookEvent.changed(person, steps);
    } catch (JsonException | IllegalArgumentException e) {
      return WebhookEvent.unreadable(where, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    return switch (resource.type()) {
      case "steps" -> document(connection, resource, "/v1/steps/" + resource.id().orElse("today"));
      case "badge" -> document(connection, resource, "/v1/badge");
      default -> throw new IllegalArgumentException("Thorough has no " + resource.type());
    };
  }

  @Override
  public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
    return request.method().equals("GET")
        ? Optional.of(
            request.query("challenge").map(text -> answer(request, text)).orElse(refused()))
        : Optional.empty();
  }

  private WebhookReply answer(WebhookRequest request, String challenge) {
    byte[] known = context().state().read(TOKEN).map(Secret::reveal).orElse("").getBytes(UTF_8);
    byte[] given = request.query("token").orElse("").getBytes(UTF_8);
    return known.length > 0 && MessageDigest.isEqual(known, given)
        ? WebhookReply.text(200, challenge)
        : refused();
  }

  private static WebhookReply refused() {
    return WebhookReply.status(401);
  }

  @Override
  public Optional<Subscriptions> subscriptions() {
    return Optional.of(subscriptions);
  }

  @Override
  public Optional<History> history() {
    return Optional.of(history);
  }

  private HistoryPage page(Connection connection, HistoryQuery query) {
    if (!query.resourceType().equals("steps")) {
      throw new IllegalArgumentException("Thorough lists no " + query.resourceType());
    }
    HttpCall list =
        HttpCall.get(url("/v1/steps"))
            .query("from", query.from().toString())
            .query("to", query.to().toString());
    HttpCall page = query.cursor().map(next -> list.query("page", next)).orElse(list);
    return call(connection, page)
        .map(ThoroughConnector::read)
        .orElseThrow(() -> new VendorApiException("Thorough does not know its list of steps", 404));
  }

  private static HistoryPage read(HttpReply reply) {
    try {
      List<VendorData> days =
          JsonSlices.elements(reply.body(), "/days").stream().map(ThoroughConnector::day).toList();
      return Json.parse(reply.body())
          .find("/next")
          .map(next -> HistoryPage.more(days, next.text()))
          .orElseGet(() -> HistoryPage.last(days));
    } catch (JsonException | IllegalArgumentException e) {
      throw new VendorApiException("Thorough's list cannot be read", reply.status(), e);
    }
  }

  private static VendorData day(byte[] record) {
    return VendorData.json(Resource.one("steps", Json.parse(record).at("/day").text()), record);
  }
}
