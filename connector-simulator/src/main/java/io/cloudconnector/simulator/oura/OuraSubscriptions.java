package io.cloudconnector.simulator.oura;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * The webhook subscriptions of the application, one for each pair of event type and data type, and
 * what Oura may do to them behind its back. Thread-safe.
 */
public final class OuraSubscriptions {
  private final InstantSource clock;
  private final List<OuraSubscription> subscriptions = new ArrayList<>();
  private final AtomicBoolean failNextChallenge = new AtomicBoolean();
  private Duration lifetime = Duration.ofDays(90);
  private boolean everMade;

  OuraSubscriptions(InstantSource clock) {
    this.clock = clock;
  }

  /** Those that exist and have not expired, oldest first. */
  public synchronized List<OuraSubscription> all() {
    Instant now = clock.instant();
    subscriptions.removeIf(subscription -> !now.isBefore(subscription.expiresAt()));
    return List.copyOf(subscriptions);
  }

  /** The one for a pair. */
  public Optional<OuraSubscription> find(String eventType, String dataType) {
    return all().stream().filter(s -> s.isFor(eventType, dataType)).findFirst();
  }

  /** How long those created or renewed from now on live; Oura does not say, others saw 90 days. */
  public synchronized void lifetime(Duration life) {
    lifetime = life;
  }

  /**
   * Oura loses a subscription, without a word.
   *
   * @throws IllegalArgumentException when there is none with this id
   */
  public synchronized void drop(String id) {
    subscriptions.remove(existing(id));
  }

  /** Oura loses all subscriptions. */
  public synchronized void dropAll() {
    subscriptions.clear();
  }

  /**
   * A subscription leads elsewhere, as if somebody else had made it.
   *
   * @throws IllegalArgumentException when there is none with this id
   */
  public synchronized void pointElsewhere(String id, URI callbackUrl) {
    replace(existing(id).at(callbackUrl));
  }

  /** Somebody else with the same application subscribes; the address is not challenged. */
  public OuraSubscription madeElsewhere(String eventType, String dataType, URI callbackUrl) {
    return add(UUID.randomUUID().toString(), callbackUrl, eventType, dataType)
        .orElseThrow(
            () -> new IllegalStateException(eventType + " " + dataType + " is taken already"));
  }

  /** The answer to the next challenge is not accepted, whatever it is. */
  public void failNextChallenge() {
    failNextChallenge.set(true);
  }

  boolean takeFailure() {
    return failNextChallenge.getAndSet(false);
  }

  /** Whether anybody ever subscribed. */
  synchronized boolean everMade() {
    return everMade;
  }

  Optional<OuraSubscription> withId(String id) {
    return all().stream().filter(s -> s.id().equals(id)).findFirst();
  }

  /** Empty when the pair is taken. */
  synchronized Optional<OuraSubscription> add(
      String id, URI callbackUrl, String eventType, String dataType) {
    if (find(eventType, dataType).isPresent()) {
      return Optional.empty();
    }
    OuraSubscription made = new OuraSubscription(id, callbackUrl, eventType, dataType, end(id));
    subscriptions.add(made);
    everMade = true;
    return Optional.of(made);
  }

  /** Empty when there is none with this id. */
  synchronized Optional<OuraSubscription> renew(String id) {
    return change(id, subscription -> subscription.until(end(id)));
  }

  synchronized Optional<OuraSubscription> change(
      String id, UnaryOperator<OuraSubscription> change) {
    return withId(id).map(found -> replace(change.apply(found)));
  }

  /** Empty when there is none with this id. */
  synchronized Optional<OuraSubscription> remove(String id) {
    Optional<OuraSubscription> found = withId(id);
    found.ifPresent(subscriptions::remove);
    return found;
  }

  /** Some are told with fractions of a second, others without. */
  private Instant end(String id) {
    Instant end = clock.instant().plus(lifetime);
    boolean whole = Math.floorMod(id.hashCode(), 2) == 0;
    return whole ? Instant.ofEpochSecond(end.getEpochSecond()) : end;
  }

  private OuraSubscription replace(OuraSubscription changed) {
    subscriptions.replaceAll(s -> s.id().equals(changed.id()) ? changed : s);
    return changed;
  }

  private OuraSubscription existing(String id) {
    return withId(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no subscription '" + id + "'"));
  }
}
