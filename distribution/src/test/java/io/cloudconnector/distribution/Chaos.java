package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Ends the host again and again, mostly by SIGKILL, at instants that the seed draws, and starts it
 * again on the same database and port; with {@code -Dcrash.bursts=true} at times in the middle of a
 * burst of webhooks. Between times the vendor lets all access tokens expire.
 */
final class Chaos {
  /** Even on a slow machine. */
  private static final int FEWEST_KILLS = 3;

  private static final boolean BURSTS = Boolean.getBoolean("crash.bursts");

  private static final Duration LONGEST_STOP = Duration.ofMinutes(1);

  private final Scene scene;
  private final SplittableRandom random;
  private int stops;

  Chaos(Scene scene, long seed) {
    this.scene = scene;
    this.random = new SplittableRandom(seed);
  }

  /** Goes on until the time is over or the load broke off. */
  void run(Duration time, Load load) throws InterruptedException {
    Instant end = Instant.now().plus(time);
    while (goesOn(end) && !load.isBroken()) {
      Thread.sleep(random.nextLong(200, 3000));
      if (random.nextInt(3) == 0) {
        scene.cloud.oauth().expireAccessTokens();
        // Some refreshes are to be under way.
        Thread.sleep(random.nextLong(0, 400));
      }
      if (random.nextInt(3) == 0 && BURSTS) {
        load.hurry(true);
        // Until those who rest have noticed.
        Thread.sleep(random.nextLong(300, 700));
      }
      endTheHost(random.nextInt(10));
      load.hurry(false);
      scene.serve();
      scene.links.mend();
    }
  }

  private boolean goesOn(Instant end) {
    return Instant.now().isBefore(end) || scene.links.kills() < FEWEST_KILLS;
  }

  private void endTheHost(int dice) throws InterruptedException {
    if (dice == 0) {
      stop();
    } else if (dice == 1) {
      scene.host().terminate();
      Thread.sleep(random.nextLong(0, 300));
      kill();
    } else if (dice == 2) {
      kill();
      scene.launch();
      Thread.sleep(random.nextLong(100, 3000));
      kill();
    } else {
      kill();
    }
  }

  private void stop() {
    long begun = System.nanoTime();
    scene.host().terminate();
    assertThat(scene.host().status()).as(scene.host().out()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST_STOP);
    stops++;
  }

  private void kill() {
    scene.links.kill(scene.host()::kill);
  }

  /** How often it ended because it was told to. */
  int stops() {
    return stops;
  }
}
