package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
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

  private void awaitAcknowledged(int changes) {
    await().atMost(PATIENCE).until(() -> scene.ledger.count() >= changes);
  }

  private void assertAllArrives() {
    Verdict verdict = scene.settled(PATIENCE);
    assertThat(verdict.isClean()).as("%s", verdict).isTrue();
  }

  /** Tells once, whatever the answer, of somebody whom nobody linked. */
  private HttpResponse<Void> tellOnce(WhoopPerson stranger)
      throws IOException, InterruptedException {
    String trace = UUID.randomUUID().toString();
    String id = stranger.ids("sleep").getFirst();
    return scene.post.once(WebhookPost.body(stranger.accountId(), "sleep.updated", id, trace));
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

    assertAllArrives();
  }

  private void serveOnASmallDisk(String limit) {
    scene.serve("sh", "-c", limit + " 6144 && exec \"$@\"", "sh");
    scene.populate(5);
  }

  private void awaitRefused() {
    WhoopPerson stranger = scene.cloud.person(scene.cloud.addPerson(3));
    // One answer: a checkpoint may make room in the journal for the next.
    HttpResponse<Void> refused =
        await()
            .atMost(PATIENCE)
            .until(() -> tellOnce(stranger), answer -> answer.statusCode() == 503);
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
      awaitAcknowledged(scene.ledger.count() + 200);
      load.end();
    }

    assertAllArrives();
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
  void whoeverStopsItUnderLoadLosesNothing() {
    scene.serve();
    scene.populate(10);
    try (Load load = scene.load(2, PACE)) {
      awaitAcknowledged(50);
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

    assertAllArrives();
  }

  private void serveAgain() {
    scene.serve();
    awaitAcknowledged(scene.ledger.count() + 50);
  }
}
