package io.cloudconnector.host.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When tokens are refreshed ahead of their end: by a part of their life that differs from one link
 * to the next, so that links made together are not refreshed together.
 */
public final class RefreshTime {
  /** Longer than a caller's own margin and a pause of the job; a day is enough for any token. */
  private static final Duration SHORTEST_LEAD = Duration.ofMinutes(3);

  /** What comes new is not renewed at once, whatever it says of its life. */
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(10);

  private static final Duration LONGEST_LEAD = Duration.ofDays(1);

  private RefreshTime() {}

  /** Before the access token ends and before the refresh token lapses; null: neither is known. */
  static @Nullable Instant of(
      Instant now, @Nullable Instant accessUntil, @Nullable Instant refreshUntil) {
    return Stream.of(
            beforeAccessEnds(now, accessUntil),
            // One that lies behind and still served is no end.
            beforeLapse(
                now, refreshUntil != null && refreshUntil.isAfter(now) ? refreshUntil : null))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .map(time -> max(time, now.plus(SHORTEST_WAIT)))
        .orElse(null);
  }

  private static Optional<Instant> beforeAccessEnds(Instant now, @Nullable Instant end) {
    return Optional.ofNullable(end)
        .map(
            known -> {
              Duration life = life(now, known);
              Duration lead = min(max(part(life, 0.1, 0.2), SHORTEST_LEAD), LONGEST_LEAD);
              return known.minus(min(lead, life.dividedBy(2)));
            });
  }

  /** With a fifth to two fifths of the refresh token's life left; empty when its end is unknown. */
  public static Optional<Instant> beforeLapse(Instant now, @Nullable Instant end) {
    return Optional.ofNullable(end).map(known -> known.minus(part(life(now, known), 0.2, 0.4)));
  }

  private static Duration life(Instant now, Instant end) {
    return max(Duration.between(now, end), Duration.ZERO);
  }

  private static Duration part(Duration whole, double least, double most) {
    double share = ThreadLocalRandom.current().nextDouble(least, most);
    return Duration.ofMillis(Math.round(whole.toMillis() * share));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
