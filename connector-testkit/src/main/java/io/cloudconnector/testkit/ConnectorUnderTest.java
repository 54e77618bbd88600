package io.cloudconnector.testkit;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What {@link ConnectorContract} has to know of a connector. */
public interface ConnectorUnderTest {
  /** The connector's factory, a fresh one each time. */
  ConnectorFactory factory();

  /**
   * At least one for each resource type that the descriptor declares. Between them they should go
   * every way that a fetch can take, and show lists in which there is nothing where they are
   * fetched ({@link ResourceSample#nothing}).
   */
  List<ResourceSample> resources();

  /**
   * One for each kind of webhook body: of changes, of deletions, of withdrawn access; where one
   * body may tell several things, also one that does. None where the vendor sends no webhooks.
   */
  default List<EventSample> events() {
    return List.of();
  }

  /**
   * With a connector that gives history, at least one for each type that can be listed. Between
   * them they should show the vendor's ways of paging, a last page, a span in which there is
   * nothing, and a document that {@link #resources} and {@link #events} show too.
   */
  default List<HistorySample> histories() {
    return List.of();
  }

  /** With a connector that registers webhooks by the vendor's API, how. */
  default Optional<SubscriptionSample> subscriptions() {
    return Optional.empty();
  }

  /** One for each way in which the vendor tests the webhook address. */
  default List<HandshakeSample> handshakes() {
    return List.of();
  }

  /**
   * The request with all headers that the vendor proves it with. Must not use the connector's own
   * code: that would prove nothing.
   */
  default FakeWebhook sign(FakeWebhook request, Secret secret, Instant sentAt) {
    throw new UnsupportedOperationException(
        "override sign: the descriptor says that webhooks are signed");
  }

  /** The calls besides the one to the token endpoint that finish a link, such as for a profile. */
  default List<Exchange> linkingCalls() {
    return List.of();
  }

  /** Settings that the connector cannot do without. */
  default FakeConfig configure(FakeConfig defaults) {
    return defaults;
  }

  /** Credentials as the connector itself makes them, with these tokens. */
  default Credentials credentials(String accessToken, String refreshToken, Instant accessUntil) {
    return Credentials.access(Secret.of(accessToken))
        .refresh(Secret.of(refreshToken))
        .accessUntil(accessUntil);
  }

  /** The token endpoint's answer that grants these tokens for an hour. */
  default StubReply tokens(String accessToken, String refreshToken) {
    return StubReply.json(
        200,
        """
        {"access_token":"%s","refresh_token":"%s","expires_in":3600,"token_type":"bearer"}"""
            .formatted(accessToken, refreshToken));
  }

  /** The token endpoint's proof that a grant is no more. */
  default StubReply deadGrant() {
    return StubReply.json(
        400,
        """
        {"error":"invalid_grant","error_description":"%s"}"""
            .formatted(Leaks.MARK));
  }
}
