package io.cloudconnector.api;

import java.util.List;
import java.util.Optional;

/**
 * The code for one vendor. Called by many threads at once; keeps no person's state: the host
 * stores, locks, retries and counts. Calls block and run on virtual threads, each under a deadline
 * of the host's.
 *
 * <p>Most connectors extend {@code CloudConnectorBase} of connector-core instead of implementing
 * this.
 */
public interface CloudConnector extends AutoCloseable {
  /** How accounts are linked. The same object each time. */
  Linking linking();

  /**
   * Fetches what a resource names, the vendor's bytes untouched. Asked for are resources that
   * {@link #parseEvents} told of, those of {@link Resource#one} and {@link Resource#all} that the
   * operator asks for, and none else.
   *
   * @throws RateLimitException when a limit does not allow it now; costs the work no attempt
   * @throws OAuthException when the vendor refuses these credentials although they were renewed, or
   *     does not permit this resource
   * @throws TokenException when there are no usable credentials
   * @throws VendorApiException when the vendor fails; whether it is tried again follows from the
   *     status
   * @throws IllegalArgumentException when the vendor has no such resource type, named in the
   *     message, or does not give it in this extent
   */
  FetchResult fetchData(Connection connection, Resource resource);

  /**
   * Whether the vendor sent this: constant time, over the raw bytes, before any parsing.
   *
   * @return false when it is forged, stale or unsigned
   * @throws WebhookException {@link WebhookException#unavailable} when that cannot be told now (a
   *     key set could not be fetched); the vendor is asked to send again
   */
  default boolean verifyWebhook(WebhookRequest request) {
    return false;
  }

  /**
   * What a verified request says, in its order. Pure: it may run again later on the same bytes.
   * Types unknown to the connector are events too ({@link WebhookEvent#carried}), or none; they are
   * no error.
   *
   * @throws WebhookException {@link WebhookException#malformed} when nothing in it can be read
   */
  default List<WebhookEvent> parseEvents(WebhookRequest request) {
    return List.of();
  }

  /**
   * The answer to a vendor's test of the address; asked first, for every method and request. Empty
   * for everything that is no such test.
   *
   * @throws WebhookException {@link WebhookException#refused} when it is such a test and not the
   *     vendor's; anybody can send those, and the host bounds what it writes down about them
   */
  default Optional<WebhookReply> answerHandshake(WebhookRequest request) {
    return Optional.empty();
  }

  /** What the vendor wants to hear once its events are stored. */
  default WebhookReply acknowledgement(WebhookRequest request) {
    return WebhookReply.status(200);
  }

  /** The role of giving history, where the vendor has it. The same object each time. */
  default Optional<History> history() {
    return Optional.empty();
  }

  /**
   * The role of registering webhooks, where the vendor has an API for it. The same object each
   * time.
   */
  default Optional<Subscriptions> subscriptions() {
    return Optional.empty();
  }

  /** What the headers of any answer of the vendor say about its limits. */
  default List<LimitReading> readLimits(HttpReply reply) {
    return List.of();
  }

  /** Lets go of what the connector holds. Nothing is called afterwards. */
  @Override
  default void close() {}
}
