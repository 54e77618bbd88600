package io.cloudconnector.distribution;

import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.SimulatedRequest;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * How the vendor misbehaves. The n-th call for a person has the fault that the seed gives it. After
 * two failures in a row some calls go well, so nothing is retried for a minute; nothing that a
 * vendor might mean for good is among the faults; and no refresh is answered wrongly once it was
 * done, because that would cost the link by the vendor's doing. Thread-safe.
 */
final class Weather {
  private static final int IN_A_ROW = 2;
  private static final int THEN_GOOD = 4;

  private final Map<String, Spell> spells = new ConcurrentHashMap<>();
  private final WhoopCloud cloud;
  private final long seed;
  private final boolean timeouts;
  private volatile boolean fair = true;

  /**
   * @param timeouts whether some answers take longer than the host waits
   */
  Weather(WhoopCloud cloud, long seed, boolean timeouts) {
    this.cloud = cloud;
    this.seed = seed;
    this.timeouts = timeouts;
    cloud.faults().decide(request -> fair ? Optional.empty() : fault(request));
  }

  void turnBad() {
    fair = false;
  }

  void turnFair() {
    fair = true;
  }

  private Optional<Fault> fault(SimulatedRequest request) {
    if (request.path().startsWith("/oauth/oauth2/token")) {
      String token = request.form().getOrDefault("refresh_token", "");
      return token.isEmpty() ? Optional.empty() : spell("refresh").next(true);
    }
    // Linking reads the profile, and is not what is tried here.
    return request.path().contains("/profile/")
        ? Optional.empty()
        : request
            .bearerToken()
            .flatMap(cloud.oauth()::holder)
            .flatMap(holder -> spell(holder.accountId()).next(false));
  }

  private Spell spell(String of) {
    return spells.computeIfAbsent(
        of, name -> new Spell(new SplittableRandom(seed ^ name.hashCode())));
  }

  /** The faults of one person's calls, or of all refreshes. */
  private final class Spell {
    private final RandomGenerator random;
    private int failures;
    private int good;

    Spell(RandomGenerator random) {
      this.random = random;
    }

    synchronized Optional<Fault> next(boolean refresh) {
      int dice = random.nextInt(1000);
      Duration slow = Duration.ofMillis(random.nextLong(20, 800));
      if (good > 0) {
        good--;
        return Optional.empty();
      }
      Optional<Fault> fault = refresh ? ofRefresh(dice, slow) : ofFetch(dice, slow);
      failures = fault.isEmpty() || fault.get() instanceof Fault.Slow ? 0 : failures + 1;
      if (failures == IN_A_ROW) {
        failures = 0;
        good = THEN_GOOD;
      }
      return fault;
    }
  }

  private Optional<Fault> ofFetch(int dice, Duration slow) {
    if (timeouts && dice == 999) {
      return Optional.of(new Fault.Slow(Duration.ofSeconds(33)));
    }
    return switch (dice / 10) {
      case 0, 1, 2 -> Optional.of(Fault.status(500));
      case 3 -> Optional.of(Fault.status(503));
      case 4 -> Optional.of(Fault.forbiddenByProxy());
      case 5 -> Optional.of(Fault.status(408));
      case 6, 7 -> Optional.of(new Fault.Drop());
      case 8 -> Optional.of(new Fault.LateSuccess());
      case 9 -> Optional.of(new Fault.HalfBody());
      case 10 -> Optional.of(new Fault.CutBody());
      case 11, 12, 13, 14, 15, 16 -> Optional.of(new Fault.Slow(slow));
      // Rare, because it stops the calls for everybody.
      case 17 ->
          dice == 170
              ? Optional.of(Fault.tooManyRequests(Duration.ofSeconds(1)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Fault> ofRefresh(int dice, Duration slow) {
    return switch (dice / 50) {
      case 0 -> Optional.of(Fault.status(500));
      case 1 -> Optional.of(Fault.forbiddenByProxy());
      case 2 -> Optional.of(new Fault.Drop());
      case 3, 4 -> Optional.of(new Fault.Slow(slow));
      default -> Optional.empty();
    };
  }
}
