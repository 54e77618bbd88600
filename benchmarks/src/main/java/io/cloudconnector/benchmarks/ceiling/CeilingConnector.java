package io.cloudconnector.benchmarks.ceiling;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.CloudConnectorBase;
import io.cloudconnector.core.OAuth;
import io.cloudconnector.core.WebhookVerifier;
import io.cloudconnector.core.WebhookVerifier.Part;
import java.util.List;
import java.util.Optional;

/**
 * Answers every request as a handshake, which the host neither parses nor stores nor logs: the body
 * is read, one HMAC is checked, and that is all.
 */
final class CeilingConnector extends CloudConnectorBase {
  /** As WHOOP signs, so that the same requests serve both. */
  private static final WebhookVerifier VERIFIER =
      WebhookVerifier.hmacSha256()
          .base64()
          .signature("X-WHOOP-Signature")
          .timestampMillis("X-WHOOP-Signature-Timestamp")
          .signs(Part.timestamp(), Part.body());

  CeilingConnector(ConnectorContext context) {
    super(context, OAuth.code().accountFromToken("/account"));
  }

  @Override
  public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
    return Optional.of(WebhookReply.status(verifyWebhook(request) ? 200 : 401));
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return VERIFIER.verify(request, context());
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    return List.of();
  }

  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    return FetchResult.gone();
  }
}
