package ${package};

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.CloudConnectorBase;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.OAuth;
import io.cloudconnector.core.WebhookVerifier;
import io.cloudconnector.core.WebhookVerifier.Part;
import java.util.List;

/**
 * Acme counts steps. It is linked by OAuth 2.0, signs its webhooks, and gives one document for each
 * day. Keeps no state: many threads call it at once, and the host stores, refreshes, retries and
 * counts.
 */
final class AcmeConnector extends CloudConnectorBase {
  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.hmacSha256().hex().signature("X-Acme-Signature").signs(Part.body());

  AcmeConnector(ConnectorContext context) {
    super(context, OAuth.code().accountFrom("/v1/me", "/id").revokeByRfc7009());
  }

  /** Over the raw bytes, in constant time, with the secrets that the operator configured. */
  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return VERIFIER.verify(request, context());
  }

  /** A member that is missing or of another kind is told by {@link Json}: the host answers 400. */
  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    Json body = Json.parse(request.body());
    Resource steps = Resource.one("steps", body.at("/day").text());
    return List.of(WebhookEvent.changed(body.at("/user").id(), steps));
  }

  /** The vendor's bytes, untouched. Whatever status Acme answers becomes the right exception. */
  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    if (!resource.type().equals("steps")) {
      throw new IllegalArgumentException("Acme has no " + resource.type());
    }
    String day =
        resource.id().orElseThrow(() -> new IllegalArgumentException("Acme gives steps by day"));
    return document(connection, resource, "/v1/steps/" + day);
  }
}
