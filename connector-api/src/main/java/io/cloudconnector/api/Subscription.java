package io.cloudconnector.api;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * A webhook registration at the vendor, told to the operator. Made by connectors; immutable,
 * withers return copies.
 */
public final class Subscription {
  private final String resourceType;
  private final URI callbackUrl;
  private final Optional<String> id;
  private final Optional<String> event;
  private final Optional<Instant> expiresAt;

  private Subscription(
      String resourceType,
      URI callbackUrl,
      Optional<String> id,
      Optional<String> event,
      Optional<Instant> expiresAt) {
    this.resourceType = OutsideText.line("resource type", 256, resourceType);
    this.callbackUrl = callbackUrl;
    this.id = id;
    this.event = event;
    this.expiresAt = expiresAt;
  }

  /**
   * A registration without an end.
   *
   * @param resourceType what the vendor tells of, in its own word
   * @param callbackUrl where it sends
   */
  public static Subscription of(String resourceType, URI callbackUrl) {
    return new Subscription(
        resourceType, callbackUrl, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The vendor's own id of it. */
  public Subscription id(String text) {
    String line = OutsideText.line("subscription id", 256, text);
    return new Subscription(resourceType, callbackUrl, Optional.of(line), event, expiresAt);
  }

  /** The kind of change, such as {@code delete}, where each has a registration of its own. */
  public Subscription event(String text) {
    String line = OutsideText.line("event", 256, text);
    return new Subscription(resourceType, callbackUrl, id, Optional.of(line), expiresAt);
  }

  /** From when on the vendor no longer sends. */
  public Subscription expiresAt(Instant time) {
    return new Subscription(resourceType, callbackUrl, id, event, Optional.of(time));
  }

  public String resourceType() {
    return resourceType;
  }

  public URI callbackUrl() {
    return callbackUrl;
  }

  public Optional<String> id() {
    return id;
  }

  public Optional<String> event() {
    return event;
  }

  public Optional<Instant> expiresAt() {
    return expiresAt;
  }

  @Override
  public String toString() {
    return resourceType + event.map(kind -> " " + kind).orElse("");
  }
}
