package io.cloudconnector.host.sync;

import io.cloudconnector.api.Subscription;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.core.Masked;
import io.cloudconnector.host.store.StoredSubscription;
import io.cloudconnector.host.store.SubscriptionFinding;
import io.cloudconnector.host.store.SubscriptionState;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns what a connector found into what is stored of it. */
final class SubscriptionFindings {
  /** More than any vendor has; what is beyond it is neither stored nor counted. */
  private static final int MOST = 1_000;

  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private SubscriptionFindings() {}

  static SubscriptionFinding of(SubscriptionResult result, Instant now) {
    return switch (result) {
      case SubscriptionResult.UpToDate found ->
          new SubscriptionFinding(SubscriptionState.UP_TO_DATE, list(found, now), null, null);
      case SubscriptionResult.Manual manual ->
          new SubscriptionFinding(SubscriptionState.MANUAL, List.of(), manual.steps(), null);
      case SubscriptionResult.Conflict conflict ->
          new SubscriptionFinding(
              SubscriptionState.CONFLICT, List.of(), null, address(conflict.existing()));
    };
  }

  private static List<StoredSubscription> list(SubscriptionResult.UpToDate found, Instant now) {
    List<StoredSubscription> all = new ArrayList<>();
    found.ours().stream().limit(MOST).forEach(one -> all.add(stored(true, one, now)));
    found.elsewhere().stream().limit(MOST).forEach(one -> all.add(stored(false, one, now)));
    return all;
  }

  private static StoredSubscription stored(boolean ours, Subscription one, Instant now) {
    return new StoredSubscription(
        ours,
        one.resourceType(),
        one.event().orElse(null),
        one.id().orElse(null),
        address(one.callbackUrl()),
        one.expiresAt().filter(SubscriptionFindings::isEnd).orElse(null),
        now);
  }

  /** Some vendors write "never" as a time that is never. */
  private static boolean isEnd(Instant time) {
    return time.isAfter(Instant.EPOCH) && time.isBefore(NEVER);
  }

  /** Without a query, where others may keep a secret. */
  private static String address(URI url) {
    String host = url.getHost();
    return host == null
        ? Masked.words(url.toASCIIString())
        : "%s://%s%s%s"
            .formatted(
                url.getScheme(),
                host,
                url.getPort() < 0 ? "" : ":" + url.getPort(),
                Masked.words(url.getRawPath()));
  }
}
