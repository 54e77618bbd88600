package io.cloudconnector.oura;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.oura.OuraSubscription.Topic;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keeps one subscription for each kind of change of each wanted type that has webhooks. */
record OuraSubscriptions(ConnectorContext context, OuraSubscriptionApi api, OuraHandshake handshake)
    implements Subscriptions {
  private static final List<String> EVENTS = List.of("create", "update", "delete");

  @Override
  public SubscriptionResult reconcile(SubscriptionRequest request) {
    return new OuraSubscribing(api, request, handshake.token(), context.clock().instant())
        .bring(topics(request.wantedTypes()));
  }

  private static Set<Topic> topics(Set<String> wantedTypes) {
    Set<Topic> topics = new LinkedHashSet<>();
    for (String name : new TreeSet<>(wantedTypes)) {
      Optional<OuraResource> type = OuraResource.notified(name);
      type.ifPresent(
          known -> EVENTS.forEach(event -> topics.add(new Topic(known.declared().name(), event))));
    }
    return topics;
  }
}
