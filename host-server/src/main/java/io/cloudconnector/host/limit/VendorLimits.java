package io.cloudconnector.host.limit;

import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.RetryAfter;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.LimitStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits of one vendor. Every use is stored before its call is sent, so that no rolling window
 * is exceeded over restarts and hosts either. Thread-safe.
 */
public final class VendorLimits {
  private static final Logger log = LoggerFactory.getLogger(VendorLimits.class);
  private static final String APPLICATION = "app";

  /** How long to be silent after a 429 that does not say. */
  private static final Duration UNSTATED = Duration.ofSeconds(30);

  private static final Duration LONGEST_WORK = Duration.ofMinutes(2);

  /** What is believed of a vendor's wish for silence. */
  private static final Duration SHORTEST_STOP = Duration.ofSeconds(1);

  private static final Duration LONGEST_STOP = Duration.ofDays(7);

  private final Database database;
  private final LimitStore store;
  private final VendorType vendor;
  private final List<RateLimitConfig> limits;
  private final Function<HttpReply, List<LimitReading>> reader;
  private final InstantSource clock;

  /**
   * Limits over stored uses.
   *
   * @param reader what an answer's headers say; the connector's own
   */
  public VendorLimits(
      Database database,
      VendorType vendor,
      List<RateLimitConfig> limits,
      Function<HttpReply, List<LimitReading>> reader,
      InstantSource clock) {
    this.database = database;
    this.store = new LimitStore(database);
    this.vendor = vendor;
    this.limits = List.copyOf(limits);
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * Takes permits for a whole piece of work before it starts, so that a burst of work that needs
   * two calls each finishes some instead of starving all.
   *
   * @throws RateLimitException with the time to wait when they are not to be had now; nothing is
   *     taken
   */
  public Reservation reserve(String userId, int calls) {
    return new Reservation(this, userId(userId), calls, take(userId(userId), "", calls));
  }

  /**
   * For a person's calls whose number is not known before; each takes its permit when it is made.
   */
  public Reservation unreserved(String userId) {
    return new Reservation(this, userId(userId), 0, List.of());
  }

  /** For calls of the application itself, each taking its permit when it is made. */
  public Reservation application() {
    return new Reservation(this, Optional.empty(), 0, List.of());
  }

  /** Whether so many calls would be allowed now. Takes nothing. */
  public boolean allows(String userId, int calls) {
    return database.read(tx -> closedUntil(tx, userId(userId), "", calls).isEmpty());
  }

  /** Each window that counts for a person, in the order of the configuration. Takes nothing. */
  public List<LimitStatus> status(String userId) {
    Instant now = clock.instant();
    return database.read(
        tx -> {
          Optional<Instant> stop = stoppedUntil(tx, userId(userId)).filter(now::isBefore);
          return windows(userId(userId))
              .map(window -> silenced(window.status(tx, now), stop))
              .toList();
        });
  }

  private static LimitStatus silenced(LimitStatus status, Optional<Instant> stop) {
    return stop.<LimitStatus>map(until -> new Window.Status(status.limit(), 0, until))
        .orElse(status);
  }

  List<Long> take(Optional<String> userId, String tag, int calls) {
    return database.write(
        tx -> {
          store.lock(tx, vendor);
          Instant now = clock.instant();
          closedUntil(tx, userId, tag, calls)
              .ifPresent(
                  until -> {
                    throw new RateLimitException(
                        "the limits of %s allow no further call until %s".formatted(vendor, until),
                        Duration.between(now, until));
                  });
          return record(tx, userId, tag, calls, now);
        });
  }

  private List<Long> record(
      Handle tx, Optional<String> userId, String tag, int calls, Instant now) {
    List<Long> uses = new ArrayList<>();
    for (String scope : windows(userId).map(Window::scope).distinct().toList()) {
      // Dated ahead until its answer comes: a call on its way must not age out of a short window.
      uses.add(store.record(tx, vendor, scope, tag, calls, now.plus(LONGEST_WORK)));
    }
    return uses;
  }

  private Optional<Instant> closedUntil(Handle tx, Optional<String> userId, String tag, int calls) {
    Instant now = clock.instant();
    Stream<Instant> closed =
        windows(userId)
            .filter(window -> window.limit().tag().map(tag::equals).orElse(true))
            .flatMap(window -> window.opensAt(tx, calls, now).stream());
    return Stream.concat(closed, stoppedUntil(tx, userId).stream())
        .filter(now::isBefore)
        .max(Instant::compareTo);
  }

  private Optional<Instant> stoppedUntil(Handle tx, Optional<String> userId) {
    return Stream.concat(Stream.of(APPLICATION), userId.stream())
        .flatMap(scope -> store.stopUntil(tx, vendor, scope).stream())
        .max(Instant::compareTo);
  }

  private Stream<Window> windows(Optional<String> userId) {
    return limits.stream()
        .filter(limit -> !limit.isPerConnection() || userId.isPresent())
        .map(limit -> new Window(store, vendor, limit, scope(limit.isPerConnection(), userId)));
  }

  private static String scope(boolean perConnection, Optional<String> userId) {
    return perConnection ? userId.orElse(APPLICATION) : APPLICATION;
  }

  private static Optional<String> userId(String userId) {
    return Optional.of("user:" + userId);
  }

  /** The uses count from now on: the vendor may have counted the call as late as its answer. */
  void touch(List<Long> uses) {
    if (!uses.isEmpty()) {
      Instant now = clock.instant();
      database.execute(tx -> uses.forEach(use -> store.move(tx, use, now)));
    }
  }

  void giveBack(List<Long> uses, int permits) {
    if (permits > 0 && !uses.isEmpty()) {
      database.execute(tx -> uses.forEach(use -> store.giveBack(tx, use, permits)));
    }
  }

  /** Believes what the vendor says about its limits. */
  void learn(Optional<String> userId, HttpReply reply) {
    List<LimitReading> exhausted =
        readings(reply).stream().filter(reading -> reading.remaining() <= 0).toList();
    exhausted.forEach(reading -> stop(scope(reading.isPerConnection(), userId), reading.resetAt()));
    boolean refused = reply.status() == 429;
    Instant now = clock.instant();
    Optional<Instant> asked = RetryAfter.of(reply, now).map(now::plus);
    if (refused || reply.status() == 503) {
      boolean personal =
          !exhausted.isEmpty() && exhausted.stream().allMatch(LimitReading::isPerConnection);
      asked
          .or(
              () ->
                  refused && exhausted.isEmpty()
                      ? Optional.of(now.plus(UNSTATED))
                      : Optional.empty())
          .ifPresent(until -> stop(scope(personal, userId), until));
    }
  }

  private List<LimitReading> readings(HttpReply reply) {
    try {
      return reader.apply(reply);
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("vendor", vendor)
          // The class only: what a connector's own fault says may hold what it could not read.
          .addKeyValue("why", e.getClass().getName())
          .log("The connector could not read the vendor's limit headers; our own count goes on");
      return List.of();
    }
  }

  private void stop(String scope, Instant until) {
    Instant believed = believed(until);
    database.execute(tx -> store.stop(tx, vendor, scope, believed));
    log.atInfo()
        .addKeyValue("vendor", vendor)
        .log(
            "{} asks for silence until {}; work of {} waits and loses no attempt",
            vendor,
            believed,
            scope.equals(APPLICATION) ? "everyone" : "one person");
  }

  private Instant believed(Instant until) {
    Instant now = clock.instant();
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
