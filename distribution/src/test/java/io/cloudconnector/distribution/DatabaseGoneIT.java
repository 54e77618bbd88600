package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database server goes away under load and comes back: the host goes on by itself. */
class DatabaseGoneIT extends SystemTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration PACE = Duration.ofMillis(50);

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

  /** Tells once, whatever the answer, of somebody whom nobody linked. */
  private HttpResponse<Void> tellOnce() throws IOException, InterruptedException {
    WhoopPerson stranger = scene.cloud.person(scene.cloud.addPerson(3));
    String id = stranger.ids("sleep").getFirst();
    String trace = UUID.randomUUID().toString();
    return scene.post.once(WebhookPost.body(stranger.accountId(), "sleep.updated", id, trace));
  }

  @Test
  void itIsToldToComeBackMeanwhileAndNothingIsLost() throws Exception {
    HostProcess host = served();
    try (Load load = scene.load(4, PACE)) {
      scene.awaitMoreAcknowledged(50);

      server.stop();
      HttpResponse<Void> refused = tellOnce();
      server.startAgain();

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      scene.awaitMoreAcknowledged(50);
      load.end();
    }

    assertClean(scene.settled(PATIENCE));
    assertThat(host.isAlive()).isTrue();
  }

  @Test
  void aLongAbsenceLosesNothingEither() {
    HostProcess host = served();
    try (Load load = scene.load(4, PACE)) {
      scene.awaitMoreAcknowledged(50);

      server.stop();
      List<Integer> answers = answersFor(LONG);
      boolean ready = scene.operator.seesReadyHost();
      server.startAgain();

      assertThat(answers).hasSizeGreaterThan(5).containsOnly(503);
      assertThat(ready).isFalse();
      await().atMost(PATIENCE).until(scene.operator::seesReadyHost);
      scene.awaitMoreAcknowledged(50);
      load.end();
    }
    scene.receiver.turnFair();

    assertClean(scene.settled(PATIENCE));
    assertClean(scene.received(PATIENCE));
    assertThat(scene.receiver.faults()).isEmpty();
    assertThat(host.isAlive()).isTrue();
  }

  /** What it answers to webhooks, told one after another for so long. */
  private List<Integer> answersFor(Duration time) {
    List<Integer> answers = new ArrayList<>();
    Instant end = Instant.now().plus(time);
    await()
        .atMost(time.plus(PATIENCE))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              answers.add(tellOnce().statusCode());
              return Instant.now().isAfter(end);
            });
    return answers;
  }

  private HostProcess served() {
    scene.serve();
    scene.populate(10);
    return scene.host();
  }

  private static void assertClean(Verdict verdict) {
    assertThat(verdict.isClean()).as("%s", verdict).isTrue();
  }
}
