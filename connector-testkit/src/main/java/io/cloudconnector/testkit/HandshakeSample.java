package io.cloudconnector.testkit;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookReply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A vendor's test of the webhook address, and what it must be answered. Immutable; withers return
 * copies.
 */
public final class HandshakeSample {
  private final FakeWebhook request;
  private final WebhookReply reply;
  private final Map<String, Secret> state;
  private final List<FakeWebhook> forged;

  private HandshakeSample(
      FakeWebhook request,
      WebhookReply reply,
      Map<String, Secret> state,
      List<FakeWebhook> forged) {
    this.request = request;
    this.reply = reply;
    this.state = state;
    this.forged = List.copyOf(forged);
  }

  public static HandshakeSample of(FakeWebhook request, WebhookReply reply) {
    return new HandshakeSample(request, reply, Map.of(), List.of());
  }

  /** What the connector has written into its {@link FakeState} before the vendor asks. */
  public HandshakeSample knowing(String name, Secret value) {
    Map<String, Secret> more = new LinkedHashMap<>(state);
    more.put(name, value);
    return new HandshakeSample(request, reply, more, forged);
  }

  /** Requests that must be refused: with a wrong token, without one, with two. */
  public HandshakeSample refuses(FakeWebhook... requests) {
    return new HandshakeSample(request, reply, state, List.of(requests));
  }

  FakeWebhook request() {
    return request;
  }

  WebhookReply reply() {
    return reply;
  }

  Map<String, Secret> state() {
    return state;
  }

  List<FakeWebhook> forged() {
    return forged;
  }
}
