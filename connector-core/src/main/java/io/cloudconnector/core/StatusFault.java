package io.cloudconnector.core;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.VendorApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the status of an unsuccessful answer means. */
final class StatusFault {
  private StatusFault() {}

  /**
   * The exception for an answer to a call that carried credentials, a person's or our own.
   *
   * @param told what happened, in words for the operator
   * @param readings what the answer's headers say about limits
   */
  static ConnectorException of(
      String told, HttpReply reply, List<LimitReading> readings, Instant now) {
    return switch (reply.status()) {
      case 401, 403 -> new OAuthException(told);
      case 429 -> limited(told, RetryAfter.in(reply, readings, now));
      default -> new VendorApiException(told, reply.status());
    };
  }

  private static RateLimitException limited(String told, Optional<Duration> wait) {
    return wait.map(known -> new RateLimitException(told, known))
        .orElseGet(() -> new RateLimitException(told));
  }
}
