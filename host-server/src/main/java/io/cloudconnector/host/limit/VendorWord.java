package io.cloudconnector.host.limit;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a vendor's answer says about limits: what is left of them, and whom it wants silent. */
final class VendorWord {
  private static final Logger log = LoggerFactory.getLogger(VendorWord.class);

  /** How long to be silent after a 429 that does not say. */
  private static final Duration UNSTATED = Duration.ofSeconds(30);

  /** What is believed of a vendor's wish for silence. */
  private static final Duration SHORTEST_STOP = Duration.ofSeconds(1);

  private static final Duration LONGEST_STOP = Duration.ofDays(7);

  private final VendorType vendor;
  private final boolean onlyPersonal;
  private final Function<HttpReply, List<LimitReading>> reader;

  /** Told once, since the next answer will not be read either. */
  private final AtomicBoolean unread = new AtomicBoolean();

  VendorWord(
      VendorType vendor,
      List<RateLimitConfig> limits,
      Function<HttpReply, List<LimitReading>> reader) {
    this.vendor = vendor;
    this.onlyPersonal =
        !limits.isEmpty() && limits.stream().allMatch(RateLimitConfig::isPerConnection);
    this.reader = reader;
  }

  List<LimitReading> readings(HttpReply reply) {
    try {
      List<LimitReading> readings = List.copyOf(reader.apply(reply));
      unread.set(false);
      return readings;
    } catch (RuntimeException e) {
      if (!unread.getAndSet(true)) {
        log.atWarn()
            .addKeyValue("vendor", vendor)
            // The class only: what a connector's own fault says may hold what it could not read.
            .addKeyValue("why", e.getClass().getName())
            .log("The connector cannot read the vendor's limit headers; our own count goes on");
      }
      return List.of();
    }
  }

  /** Who has to be silent until when: at an exhausted limit, and where the answer asks for it. */
  List<Stop> stops(
      HttpReply reply, List<LimitReading> readings, Optional<String> userId, Instant now) {
    List<LimitReading> exhausted =
        readings.stream().filter(reading -> reading.remaining() <= 0).toList();
    List<Stop> stops = new ArrayList<>();
    exhausted.forEach(
        reading -> stops.add(stop(reading.isPerConnection(), userId, reading.resetAt(), now)));
    asked(reply, exhausted.isEmpty(), now)
        .ifPresent(until -> stops.add(stop(isPersonal(reply, exhausted), userId, until, now)));
    return stops;
  }

  private static Optional<Instant> asked(HttpReply reply, boolean unexplained, Instant now) {
    boolean refused = reply.status() == 429;
    if (!refused && reply.status() != 503) {
      return Optional.empty();
    }
    Optional<Duration> unstated = refused && unexplained ? Optional.of(UNSTATED) : Optional.empty();
    return RetryAfter.of(reply, now).or(() -> unstated).map(now::plus);
  }

  /** As the readings say; without any, a 429 is of the only kind of limit that there is. */
  private boolean isPersonal(HttpReply reply, List<LimitReading> exhausted) {
    return exhausted.isEmpty()
        ? onlyPersonal && reply.status() == 429
        : exhausted.stream().allMatch(LimitReading::isPerConnection);
  }

  private Stop stop(boolean personal, Optional<String> userId, Instant until, Instant now) {
    return new Stop(Scopes.of(personal, userId), believed(until, now));
  }

  private Instant believed(Instant until, Instant now) {
    Instant least = now.plus(SHORTEST_STOP);
    Instant most = now.plus(LONGEST_STOP);
    if (until.isAfter(most)) {
      log.atWarn()
          .addKeyValue("vendor", vendor)
          .log("{} asks for silence until {}; it is asked again at {}", vendor, until, most);
      return most;
    }
    return until.isBefore(least) ? least : until;
  }
}
