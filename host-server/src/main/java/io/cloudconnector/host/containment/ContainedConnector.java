package io.cloudconnector.host.containment;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connector whose every method is called through a {@link Containment}. Thread-safe as it is.
 *
 * <p>Lists are copied inside: they may be of the connector's own making.
 */
public final class ContainedConnector implements CloudConnector {
  private final CloudConnector connector;
  private final Containment containment;

  private final Optional<History> history;
  private final Optional<Subscriptions> subscriptions;
  private volatile @Nullable Linking linking;

  private ContainedConnector(CloudConnector connector, Containment containment) {
    this.connector = connector;
    this.containment = containment;
    this.history =
        containment
            .apart(ConnectorCall.HISTORY, connector::history)
            .map(role -> new ContainedHistory(role, containment));
    this.subscriptions =
        containment
            .apart(ConnectorCall.SUBSCRIPTIONS, connector::subscriptions)
            .map(role -> new ContainedSubscriptions(role, containment));
  }

  /**
   * Has a connector made, and asks it for its roles, within its time. What the host does for all
   * connectors, such as looking for missed changes, then never fails for one.
   */
  public static ContainedConnector create(
      Supplier<@Nullable CloudConnector> factory, Containment containment) {
    return new ContainedConnector(containment.apart(ConnectorCall.CREATE, factory), containment);
  }

  public ConnectorHealth health() {
    return containment.health();
  }

  /** Asked for once, and not on the caller's thread: it may be working for all vendors. */
  @Override
  public Linking linking() {
    Linking known = linking;
    if (known == null) {
      known =
          new ContainedLinking(
              containment.apart(ConnectorCall.LINKING, connector::linking), containment);
      linking = known;
    }
    return known;
  }

  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    return containment.call(
        ConnectorCall.FETCH_DATA,
        () -> connector.fetchData(new TimedConnection(connection), resource));
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return containment.call(ConnectorCall.VERIFY_WEBHOOK, () -> connector.verifyWebhook(request));
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    return containment.call(
        ConnectorCall.PARSE_EVENTS, () -> List.copyOf(connector.parseEvents(request)));
  }

  @Override
  public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
    return containment.call(
        ConnectorCall.ANSWER_HANDSHAKE, () -> connector.answerHandshake(request));
  }

  @Override
  public WebhookReply acknowledgement(WebhookRequest request) {
    return containment.call(
        ConnectorCall.ACKNOWLEDGEMENT, () -> connector.acknowledgement(request));
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
    return containment.call(
        ConnectorCall.READ_LIMITS, () -> List.copyOf(connector.readLimits(reply)));
  }

  /** Also one that is switched off or computes without end: nobody waits longer than its time. */
  @Override
  public void close() {
    boolean _ =
        containment.apart(
            ConnectorCall.CLOSE,
            () -> {
              connector.close();
              return true;
            });
  }
}
