package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bad days of the process: none of them loses what was acknowledged. */
class BadDayIT extends SystemTest {
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Scene scene;

  @BeforeEach
  void prepare() {
    scene =
        new Scene(
            distribution,
            folder,
            Map.of("url", "jdbc:sqlite:data/connector.db"),
            newEncryptionKey(),
            7);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  /**
   * A limit on the size of files stands for the full disk: the host's journal reaches it within a
   * few hundred changes. Files that a start writes have to fit below it.
   */
  @Test
  void aFullDiskRefusesButLosesNothing() throws Exception {
    serveOnASmallDisk("ulimit -f");
    try (Load load = scene.load(1, PACE)) {
      awaitRefused();

      scene.host().terminate();
      assertThat(scene.host().status()).as(scene.host().err()).isZero();
      scene.serve();
      load.end();
    }

    scene.settled(PATIENCE).assertClean();
  }

  private void serveOnASmallDisk(String limit) {
    scene.serve("sh", "-c", limit + " 6144 && exec \"$@\"", "sh");
    scene.populate(5);
  }

  private void awaitRefused() {
    // One answer: a checkpoint may make room in the journal for the next.
    HttpResponse<Void> refused =
        await().atMost(PATIENCE).until(scene::tellOnce, answer -> answer.statusCode() == 503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(scene.host().isAlive()).isTrue();
  }

  /** A soft limit can be lifted while the host runs, as room is made on a disk. */
  @Test
  void theSameProcessGoesOnWhenTheDiskHasRoomAgain() throws Exception {
    String prlimit = program("/usr/bin/prlimit", "make room");
    serveOnASmallDisk("ulimit -S -f");
    HostProcess host = scene.host();
    try (Load load = scene.load(1, PACE)) {
      awaitRefused();
      await().atMost(PATIENCE).until(() -> !scene.operator.seesReadyHost());

      makeRoom(prlimit, host);

      await().atMost(PATIENCE).until(scene.operator::seesReadyHost);
      scene.awaitMoreAcknowledged(200);
      load.end();
    }

    scene.settled(PATIENCE).assertClean();
    assertThat(host.isAlive()).isTrue();
    assertThat(scene.operator.seesReadyHost()).isTrue();
  }

  private static void makeRoom(String prlimit, HostProcess host)
      throws IOException, InterruptedException {
    Process lifting =
        new ProcessBuilder(prlimit, "--pid", Long.toString(host.pid()), "--fsize=unlimited")
            .inheritIO()
            .start();
    assertThat(lifting.waitFor()).isZero();
  }

  @Test
  void aDatabaseThatSomebodyElseHoldsForOverAMinuteLosesNothing() throws Exception {
    scene.serve();
    scene.populate(5);
    try (Load load = scene.load(1, PACE);
        Connection other =
            DriverManager.getConnection(
                "jdbc:sqlite:" + distribution.home() + "/data/connector.db");
        Statement statement = other.createStatement()) {
      scene.awaitMoreAcknowledged(50);

      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("BEGIN IMMEDIATE");
      List<Integer> answers = scene.answersFor(Duration.ofSeconds(70));
      statement.execute("ROLLBACK");

      assertThat(answers).hasSizeGreaterThan(3).containsOnly(503);
      scene.awaitMoreAcknowledged(50);
      load.end();
    }

    scene.settled(PATIENCE).assertClean();
  }

  @Test
  void whoeverStopsItUnderLoadLosesNothing() {
    scene.serve();
    scene.populate(10);
    try (Load load = scene.load(2, PACE)) {
      scene.awaitMoreAcknowledged(50);
      scene.host().terminate();
      assertThat(scene.host().status()).as(scene.host().out()).isZero();
      assertThat(scene.host().err()).isEmpty();

      serveAgain();
      scene.host().terminate();
      scene.host().terminate();
      assertThat(scene.host().status()).as(scene.host().out()).isZero();

      serveAgain();
      scene.host().terminate();
      scene.host().kill();

      serveAgain();
      load.end();
    }

    scene.settled(PATIENCE).assertClean();
  }

  private void serveAgain() {
    scene.serve();
    scene.awaitMoreAcknowledged(50);
  }
}
