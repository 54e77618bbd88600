package io.cloudconnector.api;

import java.net.URI;
import java.time.Instant;

/** What came of {@link Subscriptions#reconcile}. Made by connectors, read by the host alone. */
public sealed interface SubscriptionResult {
  /**
   * The vendor has what is wanted.
   *
   * @param checkAgainAt in time before anything expires
   */
  static SubscriptionResult upToDate(Instant checkAgainAt) {
    return new UpToDate(checkAgainAt);
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

    private UpToDate(Instant checkAgainAt) {
      this.checkAgainAt = checkAgainAt;
    }

    public Instant checkAgainAt() {
      return checkAgainAt;
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
