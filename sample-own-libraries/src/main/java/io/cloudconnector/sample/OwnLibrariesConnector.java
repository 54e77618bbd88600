package io.cloudconnector.sample;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.AnotherCore;
import io.cloudconnector.core.CloudConnectorBase;
import io.cloudconnector.core.Json;
import io.cloudconnector.core.OAuth;
import io.cloudconnector.core.WebhookVerifier;
import io.cloudconnector.core.WebhookVerifier.Part;
import java.util.List;
import tools.jackson.core.json.PackageVersion;

/** Tells with each event whose libraries it was read with. */
final class OwnLibrariesConnector extends CloudConnectorBase {
  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.hmacSha256().hex().signature("X-Acme-Signature").signs(Part.body());

  OwnLibrariesConnector(ConnectorContext context) {
    super(context, OAuth.code().accountFrom("/v1/me", "/id"));
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return VERIFIER.verify(request, context());
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    Json body = Json.parse(request.body());
    Resource steps = Resource.one("steps", body.at("/day").text());
    return List.of(
        WebhookEvent.changed(body.at("/user").id(), steps)
            .attribute("jackson", PackageVersion.VERSION.toString())
            .attribute("core", AnotherCore.whose()));
  }

  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    return document(
        connection, resource, "/v1/" + resource.type() + "/" + resource.id().orElse(""));
  }
}
