package io.cloudconnector.oura;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Subscription;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.core.JsonException;
import io.cloudconnector.core.Masked;
import io.cloudconnector.oura.OuraSubscription.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run that makes what Oura has equal to what is wanted. What fails for one topic is put off
 * until all others are done. What would fail for each of them (no answer, no permission, a limit)
 * ends the run at once. Not thread-safe.
 */
final class OuraSubscribing {
  private static final Logger log = LoggerFactory.getLogger(OuraSubscribing.class);

  /** Subscriptions live for about 90 days. */
  private static final Duration RENEWED_BEFORE_END = Duration.ofDays(7);

  private static final Duration LOOKED_AT_EVERY = Duration.ofDays(1);

  /** Also when Oura should give ends that are always near. */
  private static final Duration LOOKED_AT_NO_SOONER = Duration.ofHours(1);

  private static final int CONFLICT = 409;

  private final OuraSubscriptionApi api;
  private final SubscriptionRequest request;
  private final Secret token;
  private final Instant now;

  private final List<OuraSubscription> ours = new ArrayList<>();
  private final List<OuraSubscription> elsewhere = new ArrayList<>();
  private final Set<Topic> taken = new LinkedHashSet<>();
  private final List<VendorApiException> faults = new ArrayList<>();

  OuraSubscribing(OuraSubscriptionApi api, SubscriptionRequest request, Secret token, Instant now) {
    this.api = api;
    this.request = request;
    this.token = token;
    this.now = now;
  }

  /**
   * Brings everything in order.
   *
   * @throws VendorApiException when that did not succeed for some; for the others it did
   */
  SubscriptionResult bring(Set<Topic> wanted) {
    List<OuraSubscription> had = api.list();
    had.stream()
        .filter(each -> isOurs(each) && !wanted.contains(each.topic()))
        .forEach(each -> attempt(each.topic(), () -> api.delete(each)));
    wanted.forEach(topic -> attempt(topic, () -> settle(topic, had)));
    settleTaken();
    if (!faults.isEmpty()) {
      throw unfinished();
    }
    return SubscriptionResult.upToDate(nextLook(), shown(ours), shown(elsewhere));
  }

  /** Somebody was quicker: a run that got no answer, or another installation of ours. */
  private void settleTaken() {
    if (!taken.isEmpty()) {
      Set<Topic> again = Set.copyOf(taken);
      List<OuraSubscription> had = api.list();
      again.forEach(topic -> attempt(topic, () -> settle(topic, had)));
    }
  }

  private void attempt(Topic topic, Runnable work) {
    try {
      work.run();
    } catch (JsonException unreadable) {
      putOff(topic, unreadable);
    } catch (VendorApiException refused) {
      if (refused.statusCode() == 0) {
        throw refused;
      }
      putOff(topic, refused);
    }
  }

  private void putOff(Topic topic, VendorApiException fault) {
    faults.add(fault);
    log.atWarn()
        .addKeyValue("vendor", "oura")
        .addKeyValue("event_type", topic)
        .addKeyValue("why", Masked.told(fault))
        .log("a webhook subscription could not be brought in order; the others go on");
  }

  private void settle(Topic topic, List<OuraSubscription> had) {
    List<OuraSubscription> mine =
        had.stream()
            .filter(each -> each.topic().equals(topic) && isOurs(each))
            .sorted(
                Comparator.comparing((OuraSubscription each) -> each.expiresAt().orElse(now))
                    .reversed())
            .toList();
    if (!mine.isEmpty()) {
      keep(mine.getFirst());
      mine.stream().skip(1).forEach(api::delete);
      return;
    }
    had.stream()
        .filter(each -> each.topic().equals(topic))
        .findFirst()
        .ifPresentOrElse(this::meet, () -> create(topic));
  }

  private void keep(OuraSubscription mine) {
    boolean near =
        mine.expiresAt().map(end -> end.minus(RENEWED_BEFORE_END).isBefore(now)).orElse(true);
    if (near) {
      api.renew(mine).ifPresentOrElse(ours::add, () -> create(mine.topic()));
    } else {
      ours.add(mine);
    }
  }

  private void meet(OuraSubscription foreign) {
    if (request.takeOver()) {
      // Its end may be as near as it was.
      api.update(foreign, request.callbackUrl(), token)
          .ifPresentOrElse(this::keep, () -> create(foreign.topic()));
    } else {
      elsewhere.add(foreign);
    }
  }

  private void create(Topic topic) {
    try {
      ours.add(api.create(topic, request.callbackUrl(), token));
    } catch (VendorApiException refused) {
      if (refused.statusCode() != CONFLICT || !taken.add(topic)) {
        throw refused;
      }
    }
  }

  private boolean isOurs(OuraSubscription subscription) {
    return subscription.pointsTo(request.callbackUrl());
  }

  private Instant nextLook() {
    Instant soonest =
        ours.stream()
            .flatMap(each -> each.expiresAt().stream())
            .map(end -> end.minus(RENEWED_BEFORE_END))
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX);
    Instant daily = now.plus(LOOKED_AT_EVERY);
    Instant wanted = soonest.isBefore(daily) ? soonest : daily;
    Instant least = now.plus(LOOKED_AT_NO_SOONER);
    return wanted.isBefore(least) ? least : wanted;
  }

  private VendorApiException unfinished() {
    VendorApiException first = faults.getFirst();
    return new VendorApiException(
        "%d webhook subscriptions could not be brought in order, all others were: %s"
            .formatted(faults.size(), first.getMessage()),
        first.statusCode(),
        first);
  }

  private static List<Subscription> shown(List<OuraSubscription> subscriptions) {
    return subscriptions.stream().map(OuraSubscription::shown).toList();
  }
}
