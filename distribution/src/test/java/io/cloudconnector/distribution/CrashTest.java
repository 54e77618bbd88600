package io.cloudconnector.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was acknowledged arrives, once and in order, though the host is killed again and again while
 * the vendor misbehaves. {@code -Dcrash.minutes} makes it longer; {@code -Dcrash.seed} repeats what
 * happens to people, faults and instants, as far as time itself can be repeated.
 */
@Isolated("it is to be killed often in a short time")
abstract class CrashTest extends SystemTest {
  private static final int PEOPLE = 40;
  private static final Duration PACE = Duration.ofMillis(250);
  private static final Duration A_WHILE = Duration.ofSeconds(10);
  private static final Duration TO_SETTLE = Duration.ofMinutes(2);

  /** The engine, as the report names it. */
  abstract String engine();

  /** Members of the configuration's {@code database}. */
  abstract Map<String, Object> database();

  /** How long the chaos lasts where nothing else is asked for. */
  abstract Duration shortForm();

  private Duration time() {
    String minutes = System.getProperty("crash.minutes", "");
    return minutes.isEmpty() ? shortForm() : Duration.ofMinutes(Long.parseLong(minutes));
  }

  private static long seed() {
    String seed = System.getProperty("crash.seed", "");
    return seed.isEmpty() ? System.nanoTime() : Long.parseLong(seed);
  }

  @Test
  void whatWasAcknowledgedArrivesThoughTheHostIsKilledAgainAndAgain() throws Exception {
    long seed = seed();
    Duration time = time();
    report("crash run on %s for %s with -Dcrash.seed=%d".formatted(engine(), time, seed));
    boolean passed = false;
    try (Scene scene = new Scene(distribution, folder, database(), newEncryptionKey(), seed)) {
      crash(scene, seed, time);
      passed = true;
    } finally {
      if (!passed) {
        Path kept = Path.of(Distribution.property("crash.reports"), engine() + "-" + seed);
        keep(distribution.home().resolve("data"), kept);
        keep(folder, kept);
        report(
            "FAILED; as far as time allows, -Dcrash.seed=%d repeats it; logs and data in %s"
                .formatted(seed, kept));
      }
    }
  }

  private static void keep(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      // Where the data is not a file of ours.
      return;
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void crash(Scene scene, long seed, Duration time) throws Exception {
    scene.cloud.oauth().accessTokenLife(Duration.ofSeconds(90));
    scene.serve();
    scene.populate(PEOPLE);
    Chaos chaos = new Chaos(scene, seed);
    Verdict verdict = run(scene, chaos, seed, time);
    report(told(scene, chaos, seed, verdict));
    verdict.assertClean();
    assertThat(verdict.acknowledged).as("changes that were acknowledged").isGreaterThan(PEOPLE);
    List<Seen> log = FeedReader.fromTheStart(scene.operator);
    await()
        .atMost(A_WHILE)
        .untilAsserted(
            () -> assertThat(scene.log()).as("what was read along is the log").isEqualTo(log));
    assertReceived(scene);
    assertLinks(scene, log);
    assertNothingIsDead(scene);
  }

  private static Verdict run(Scene scene, Chaos chaos, long seed, Duration time)
      throws InterruptedException {
    boolean timeouts = time.compareTo(Duration.ofMinutes(5)) >= 0;
    Weather weather = new Weather(scene.cloud, seed, timeouts);
    try (Load load = scene.load(seed, PACE)) {
      weather.turnBad();
      chaos.run(time, load);
      load.end();
    }
    weather.turnFair();
    scene.receiver.turnFair();
    return scene.settledAndMended(TO_SETTLE);
  }

  private void assertReceived(Scene scene) throws IOException {
    Verdict verdict = scene.received(TO_SETTLE);
    report("  receiver, of what is in the log: %s".formatted(verdict));
    verdict.assertClean();
    assertThat(scene.receiver.faults()).isEmpty();
    assertThat(scene.receiver.again())
        .as("sent again, though answered with no kill about to come")
        .allMatch(again -> scene.links.killSoonAfter(again.answered()));
  }

  private static void assertLinks(Scene scene, List<Seen> log) {
    assertThat(scene.links.lostByUs()).as("links lost, and not by a kill").isEmpty();
    assertThat(log)
        .as("each lost link is told")
        .filteredOn(event -> event.type().equals("connection.reauthorization_required"))
        .hasSize(scene.links.lostByKills() + scene.links.lostByUs().size());
  }

  private static void assertNothingIsDead(Scene scene) {
    String dead = new String(scene.operator.get("/v1/dead-letters").body(), UTF_8);
    assertThat(JsonMapper.shared().readTree(dead).path("deadLetters").values()).as(dead).isEmpty();
  }

  private String told(Scene scene, Chaos chaos, long seed, Verdict verdict) {
    return String.format(
        Locale.ROOT,
        """
        crash run on %s, seed %d: %d kills, %d orderly stops
          %s
          %d requests, %d of them repeats of what was acknowledged; events in the log: %d
          refreshes asked for: %d; links lost to a kill during a rotation: %d; otherwise: %d""",
        engine(),
        seed,
        scene.links.kills(),
        chaos.stops(),
        verdict,
        scene.ledger.requests(),
        scene.ledger.repeats(),
        scene.log().size(),
        scene.cloud.oauth().refreshCalls(),
        scene.links.lostByKills(),
        scene.links.lostByUs().size());
  }

  /** Where whoever runs the build sees it, and where it stays. */
  private void report(String text) throws IOException {
    System.out.println(text);
    Path reports = Path.of(Distribution.property("crash.reports"));
    Files.createDirectories(reports);
    Files.writeString(
        reports.resolve("crash-" + engine() + ".txt"),
        text + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
