package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How events leave the host and how long they are kept. Immutable. */
public record DeliverySettings(Optional<Webhook> webhook, Retention retention) {
  public DeliverySettings {
    Objects.requireNonNull(webhook);
    Objects.requireNonNull(retention);
  }

  /**
   * An address of the operator's that gets each event as a signed POST.
   *
   * @param secrets {@code whsec_} and base64, as Standard Webhooks has it; at least one, and each
   *     signs every request
   * @param timeout for one whole request
   * @param retryHorizon for how long one event is tried while others are taken
   * @param concurrency requests at once, at most
   */
  public record Webhook(
      URI url, List<Secret> secrets, Duration timeout, Duration retryHorizon, int concurrency) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);
    public static final Duration DEFAULT_RETRY_HORIZON = Duration.ofDays(3);
    public static final int DEFAULT_CONCURRENCY = 16;

    public Webhook {
      Objects.requireNonNull(url);
      secrets = List.copyOf(secrets);
      Objects.requireNonNull(timeout);
      Objects.requireNonNull(retryHorizon);
    }

    /** Leaves the query of the address out: a password may stand there. */
    @Override
    public String toString() {
      return "webhook to " + url.getHost() + url.getPath();
    }
  }

  /**
   * What of the event log is kept.
   *
   * @param maxAge events become no older
   * @param maxBytes the log becomes no larger, roughly; empty: as large as it likes
   */
  public record Retention(Duration maxAge, Optional<Long> maxBytes) {
    public static final Duration DEFAULT_MAX_AGE = Duration.ofDays(30);

    public Retention {
      Objects.requireNonNull(maxAge);
      Objects.requireNonNull(maxBytes);
    }
  }
}
