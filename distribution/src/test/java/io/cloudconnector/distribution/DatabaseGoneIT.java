package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database server goes away under load and comes back: the host goes on by itself. */
class DatabaseGoneIT extends SystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration PACE = Duration.ofMillis(50);

  /** As the service manager allows, and a little. */
  private static final Duration LONGEST_STOP = Duration.ofSeconds(160);

  /** Longer than any hold on a refresh or on the delivery lasts, all of which end meanwhile. */
  private static final Duration LONG = Duration.ofSeconds(70);

  @TempDir Path data;
  private PostgresqlServer server;
  private Scene scene;

  @BeforeEach
  void startServer() throws IOException {
    server = new PostgresqlServer(data.resolve("cluster"));
    scene = new Scene(distribution, folder, server.newDatabase(), newEncryptionKey(), 11);
  }

  @AfterEach
  void stopServer() {
    scene.close();
    server.close();
  }

  @Test
  void itIsToldToComeBackMeanwhileAndNothingIsLost() throws Exception {
    HostProcess host = served();
    try (Load load = scene.load(4, PACE)) {
      scene.awaitMoreAcknowledged(50);

      server.stop();
      HttpResponse<Void> refused = scene.tellOnce();
      server.startAgain();

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      scene.awaitMoreAcknowledged(50);
      load.end();
    }

    scene.settled(PATIENCE).assertClean();
    assertThat(host.isAlive()).isTrue();
  }

  @Test
  void aLongAbsenceLosesNothingEither() {
    HostProcess host = served();
    try (Load load = scene.load(4, PACE)) {
      scene.awaitMoreAcknowledged(50);

      server.stop();
      List<Integer> answers = scene.answersFor(LONG);
      boolean ready = scene.operator.seesReadyHost();
      server.startAgain();

      assertThat(answers).hasSizeGreaterThan(5).containsOnly(503);
      assertThat(ready).isFalse();
      await().atMost(PATIENCE).until(scene.operator::seesReadyHost);
      scene.awaitMoreAcknowledged(50);
      load.end();
    }
    scene.receiver.turnFair();

    scene.settled(PATIENCE).assertClean();
    scene.received(PATIENCE).assertClean();
    assertThat(scene.receiver.faults()).isEmpty();
    assertThat(host.isAlive()).isTrue();
  }

  @Test
  void aStopMeanwhileKeepsToItsTimeAndLosesNothing() {
    HostProcess host = served();
    try (Load load = scene.load(4, PACE)) {
      scene.awaitMoreAcknowledged(50);

      server.stop();
      host.terminate();
      assertThat(host.status(LONGEST_STOP)).as(host.out() + host.err()).isZero();
      server.startAgain();
      scene.serve();

      scene.awaitMoreAcknowledged(50);
      load.end();
    }

    scene.settled(PATIENCE).assertClean();
  }

  private HostProcess served() {
    scene.serve();
    scene.populate(10);
    return scene.host();
  }
}
