package io.cloudconnector.testkit;

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

/** A sound connector, to be given one fault. */
class WrappedConnector implements CloudConnector {
  private final CloudConnector sound;

  WrappedConnector(CloudConnector sound) {
    this.sound = sound;
  }

  @Override
  public Linking linking() {
    return sound.linking();
  }

  @Override
  public FetchResult fetchData(Connection connection, Resource resource) {
    return sound.fetchData(connection, resource);
  }

  @Override
  public boolean verifyWebhook(WebhookRequest request) {
    return sound.verifyWebhook(request);
  }

  @Override
  public List<WebhookEvent> parseEvents(WebhookRequest request) {
    return sound.parseEvents(request);
  }

  @Override
  public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
    return sound.answerHandshake(request);
  }

  @Override
  public Optional<History> history() {
    return sound.history();
  }

  @Override
  public Optional<Subscriptions> subscriptions() {
    return sound.subscriptions();
  }

  @Override
  public List<LimitReading> readLimits(HttpReply reply) {
    return sound.readLimits(reply);
  }
}
