package io.cloudconnector.testkit.hello;

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

final class HelloConnector extends CloudConnectorBase {
  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.hmacSha256().hex().signature("X-Hello-Signature").signs(Part.body());

  HelloConnector(ConnectorContext context) {
    super(context, OAuth.code().accountFromToken("/person"));
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return VERIFIER.verify(request, context());
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    Json body = Json.parse(request.body());
    Resource steps = Resource.one("steps", body.at("/day").text());
    return List.of(WebhookEvent.changed(body.at("/person").id(), steps));
  }

  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    if (!resource.type().equals("steps")) {
      throw new IllegalArgumentException("Hello has no " + resource.type());
    }
    return document(connection, resource, "/v1/steps/" + resource.id().orElse("today"));
  }
}
