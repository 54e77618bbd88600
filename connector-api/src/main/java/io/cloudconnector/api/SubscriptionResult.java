package io.cloudconnector.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/** What came of {@link Subscriptions#reconcile}. Made by connectors, read by the host alone. */
public sealed interface SubscriptionResult {
  /**
   * The vendor has what is wanted. For vendors that list nothing; where they do, the operator sees
   * what they have through {@link #upToDate(Instant, List, List)}.
   *
   * @param checkAgainAt in time before anything expires
   */
  static SubscriptionResult upToDate(Instant checkAgainAt) {
    return new UpToDate(checkAgainAt, List.of(), List.of());
  }

  /**
   * The vendor has what is wanted and could be had.
   *
   * @param checkAgainAt in time before anything expires
   * @param ours what the vendor has for us now, shown to the operator
   * @param elsewhere what is wanted but points elsewhere, and was left alone: the vendor allows one
   *     at a time
   */
  static SubscriptionResult upToDate(
      Instant checkAgainAt, List<Subscription> ours, List<Subscription> elsewhere) {
    return new UpToDate(checkAgainAt, ours, elsewhere);
  }

  /**
   * The operator has to do it by hand.
   *
   * @param steps in words, with the real address
   */
  static SubscriptionResult manual(String steps) {
    return new Manual(steps);
  }

  /** The vendor's only subscription points elsewhere, and taking it over was not allowed. */
  static SubscriptionResult conflict(URI existing) {
    return new Conflict(existing);
  }

  /** See {@link #upToDate}. */
  final class UpToDate implements SubscriptionResult {
    private final Instant checkAgainAt;
    private final List<Subscription> ours;
    private final List<Subscription> elsewhere;

    private UpToDate(Instant checkAgainAt, List<Subscription> ours, List<Subscription> elsewhere) {
      this.checkAgainAt = checkAgainAt;
      this.ours = List.copyOf(ours);
      this.elsewhere = List.copyOf(elsewhere);
    }

    public Instant checkAgainAt() {
      return checkAgainAt;
    }

    public List<Subscription> ours() {
      return ours;
    }

    public List<Subscription> elsewhere() {
      return elsewhere;
    }
  }

  /** See {@link #manual}. */
  final class Manual implements SubscriptionResult {
    private final String steps;

    private Manual(String steps) {
      this.steps = steps;
    }

    public String steps() {
      return steps;
    }
  }

  /** See {@link #conflict}. */
  final class Conflict implements SubscriptionResult {
    private final URI existing;

    private Conflict(URI existing) {
      this.existing = existing;
    }

    public URI existing() {
      return existing;
    }
  }
}
