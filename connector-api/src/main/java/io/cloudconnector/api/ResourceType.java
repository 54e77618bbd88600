package io.cloudconnector.api;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of document that a vendor has, and how it is fetched. Immutable; withers return copies.
 */
public final class ResourceType {
  private final String name;
  private final Set<String> scopes;
  private final int callsPerFetch;
  private final Optional<Duration> maxSpan;
  private final Optional<Duration> lookBack;
  private final Duration lag;
  private final boolean webhooks;
  private final boolean history;

  private ResourceType(
      String name,
      Set<String> scopes,
      int callsPerFetch,
      Optional<Duration> maxSpan,
      Optional<Duration> lookBack,
      Duration lag,
      boolean webhooks,
      boolean history) {
    this.name = OutsideText.segment("resource type", name);
    this.scopes = scopes;
    this.callsPerFetch = callsPerFetch;
    this.maxSpan = maxSpan;
    this.lookBack = lookBack;
    this.lag = lag;
    this.webhooks = webhooks;
    this.history = history;
  }

  /**
   * A type that one call fetches.
   *
   * @param name the vendor's own word, such as {@code sleep}
   */
  public static ResourceType of(String name) {
    return new ResourceType(
        name, Set.of(), 1, Optional.empty(), Optional.empty(), Duration.ZERO, true, true);
  }

  /** What the person must have granted for it. */
  public ResourceType scopes(String... names) {
    return new ResourceType(
        name, Set.of(names), callsPerFetch, maxSpan, lookBack, lag, webhooks, history);
  }

  /** Vendor calls that one fetch of one document takes; reserved before it starts. Default 1. */
  public ResourceType callsPerFetch(int calls) {
    if (calls < 0) {
      throw new IllegalArgumentException("a fetch cannot take " + calls + " calls");
    }
    return new ResourceType(name, scopes, calls, maxSpan, lookBack, lag, webhooks, history);
  }

  /** The longest span that one history query may have. */
  public ResourceType maxSpan(Duration span) {
    return new ResourceType(
        name, scopes, callsPerFetch, Optional.of(span), lookBack, lag, webhooks, history);
  }

  /** How far back the vendor gives history. */
  public ResourceType lookBack(Duration age) {
    return new ResourceType(
        name, scopes, callsPerFetch, maxSpan, Optional.of(age), lag, webhooks, history);
  }

  /** How long after the fact the vendor may still get or change it: devices sync late. */
  public ResourceType lag(Duration delay) {
    return new ResourceType(
        name, scopes, callsPerFetch, maxSpan, lookBack, delay, webhooks, history);
  }

  /** No webhook tells of it: only looking from time to time finds what changed. */
  public ResourceType withoutWebhooks() {
    return new ResourceType(name, scopes, callsPerFetch, maxSpan, lookBack, lag, false, history);
  }

  /** It cannot be listed: {@link History} does not know this type. */
  public ResourceType withoutHistory() {
    return new ResourceType(name, scopes, callsPerFetch, maxSpan, lookBack, lag, webhooks, false);
  }

  public String name() {
    return name;
  }

  public Set<String> scopes() {
    return scopes;
  }

  public int callsPerFetch() {
    return callsPerFetch;
  }

  public Optional<Duration> maxSpan() {
    return maxSpan;
  }

  public Optional<Duration> lookBack() {
    return lookBack;
  }

  public Duration lag() {
    return lag;
  }

  public boolean hasWebhooks() {
    return webhooks;
  }

  public boolean hasHistory() {
    return history;
  }

  @Override
  public String toString() {
    return name;
  }
}
