package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.Filter;
import io.cloudconnector.simulator.RollingWindow;
import io.cloudconnector.simulator.Route;
import io.cloudconnector.simulator.SimulatedLimits.Limit;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Two rolling windows: one for each access token, and one for the whole application. Oura names one
 * number, 5000 in five minutes, and not the tier it is for: as made, it holds for both. Only a
 * refusal has headers; a refused request takes no place. Thread-safe.
 */
public final class OuraLimits implements Filter {
  private static final Limit USUAL = new Limit(5000, Duration.ofMinutes(5));

  private final InstantSource clock;
  private final Map<String, RollingWindow> tokens = new HashMap<>();
  private Limit perToken = USUAL;
  private RollingWindow application = new RollingWindow(USUAL);
  private long refused;

  OuraLimits(InstantSource clock) {
    this.clock = clock;
  }

  /** Sets the limit of each access token, and forgets what was counted for tokens. */
  public synchronized void perToken(Limit limit) {
    perToken = limit;
    tokens.clear();
  }

  /** Sets the limit of the whole application, and forgets what was counted for it. */
  public synchronized void perApplication(Limit limit) {
    application = new RollingWindow(limit);
  }

  /** How many requests were refused. */
  public synchronized long refused() {
    return refused;
  }

  @Override
  public SimulatedReply around(SimulatedRequest request, Route next) {
    return refusal(request.bearerToken().orElse("")).orElseGet(() -> next.answer(request));
  }

  /** Empty when there was a place, which is then taken. */
  private synchronized Optional<SimulatedReply> refusal(String token) {
    Instant now = clock.instant();
    RollingWindow own = tokens.computeIfAbsent(token, t -> new RollingWindow(perToken));
    if (own.left(now) < 1) {
      return Optional.of(refusal(own, "token", now));
    }
    if (application.left(now) < 1) {
      return Optional.of(refusal(application, "application", now));
    }
    own.take(now);
    application.take(now);
    return Optional.empty();
  }

  private SimulatedReply refusal(RollingWindow full, String tier, Instant now) {
    refused++;
    return SimulatedReply.empty(429)
        .with("Retry-After", Long.toString(full.secondsToFree(now)))
        .with("X-RateLimit-Limit", Integer.toString(full.limit().requests()))
        .with("X-RateLimit-Window", Long.toString(full.limit().window().toSeconds()))
        .with(
            "X-RateLimit-Reset", Long.toString(full.allFree(now).plusMillis(999).getEpochSecond()))
        .with("X-RateLimit-Tier", tier);
  }
}
