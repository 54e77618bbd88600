package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts on one database: what one of them had when it died, the other does. */
class HostsTogetherIT extends SystemTest {
  private static final int SEED = 5;
  private static final Duration PACE = Duration.ofMillis(100);
  private static final Duration TAKEN_OVER = Duration.ofSeconds(60);

  @TempDir Path data;
  private PostgresqlServer server;
  private Scene scene;

  @BeforeEach
  void startServer() throws IOException {
    server = new PostgresqlServer(data.resolve("cluster"));
    scene = new Scene(distribution, folder, server.newDatabase(), newEncryptionKey(), SEED);
  }

  @AfterEach
  void stopServer() {
    scene.close();
    server.close();
  }

  @Test
  void theOtherTakesOverWhatTheOneThatIsKilledHad() throws IOException {
    // The first to come has the delivery.
    HostProcess doomed = scene.serveAnother();
    scene.serve();
    scene.populate(20);
    Weather weather = new Weather(scene.cloud, SEED, false);
    try (Load load = scene.load(SEED, PACE)) {
      weather.turnBad();
      scene.awaitMoreAcknowledged(300);
      scene.cloud.oauth().expireAccessTokens();
      load.hurry(true);
      scene.awaitMoreAcknowledged(100);

      scene.links.kill(doomed::kill);

      scene.awaitMoreAcknowledged(100);
      load.hurry(false);
      load.end();
    }
    weather.turnFair();
    scene.receiver.turnFair();

    scene.settledAndMended(TAKEN_OVER).assertClean();
    scene.received(TAKEN_OVER).assertClean();
    assertThat(scene.receiver.faults()).isEmpty();
    assertThat(scene.receiver.again())
        .allMatch(again -> scene.links.killSoonAfter(again.answered()));
    assertThat(scene.links.lostByUs()).isEmpty();
    assertThat(scene.host().isAlive()).isTrue();
  }
}
