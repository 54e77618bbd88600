package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The way back after a lost disk, as the operations page tells it. */
abstract class RestoreTest extends MemberTest {
  /** Begins to back up the database that the host is serving from. */
  abstract HostProcess backup();

  /** What that says when it is done. */
  abstract String said();

  /** Has the configuration name a database that is restored from that. */
  abstract void restore() throws IOException;

  @Test
  void hostLivesOnFromABackupOfABusyOne() throws IOException {
    bury();
    String before = arrived();

    HostProcess backup = backup();
    int told = 0;
    while (backup.isAlive() || told < 5) {
      awaitOver(person.newWorkout().deliveries());
      told++;
    }
    assertThat(backup.status()).as(backup.err() + backup.out()).isZero();
    assertThat(backup.out()).contains(said());
    assertThat(backup.err()).isEmpty();
    arrived();
    String ahead = operator.end();
    host.kill();
    restore();
    host = served();

    assertExpired(ahead);
    assertThat(operator.connection("whoop", USER).path("status").asString()).isEqualTo("ACTIVE");
    assertThat(operator.feed()).contains(before);
    assertThat(deadLetters()).hasSize(1);
    arrived();
    assertExpired(ahead);
  }

  /** For good: no number may mean two things. */
  private void assertExpired(String cursor) {
    assertThat(operator.get("/v1/events?after=" + cursor).statusCode()).isEqualTo(410);
  }

  /** Has a change arrive; returns the id of its workout. */
  private String arrived() {
    String id = person.newWorkout().id();
    await().atMost(PATIENCE).until(() -> operator.feed().contains(id));
    return id;
  }
}
