package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The links of all people. One may be lost only where a kill fell between the vendor's rotation of
 * its tokens and the host's commit; it is counted and made again. For one thread.
 */
final class Links {
  /** For so long at most the host waits for an answer and for its database together. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(30);

  /**
   * Others on a busy machine work off what they have received from a host that is dead by then. No
   * host starts and refreshes within that time.
   */
  private static final Duration LEFT_BEHIND = Duration.ofSeconds(1);

  /** How far delivery came is stored once a second, on a busy machine a little later. */
  private static final Duration STORED_AT_LATEST = Duration.ofSeconds(10);

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, WhoopPerson> people = new TreeMap<>();
  private final List<Kill> kills = new ArrayList<>();
  private final List<String> lostByUs = new ArrayList<>();
  private final WhoopCloud cloud;
  private final Operator operator;
  private int lostByKills;

  Links(WhoopCloud cloud, Operator operator) {
    this.cloud = cloud;
    this.operator = operator;
  }

  void make(int count) {
    for (int i = 0; i < count; i++) {
      String user = "user-" + i;
      people.put(user, cloud.person(cloud.addPerson(3)));
      link(user);
    }
  }

  Map<String, WhoopPerson> people() {
    return people;
  }

  private String accountOf(String user) {
    return Objects.requireNonNull(people.get(user), user).accountId();
  }

  /** A vendor that is busy for the moment turns people away; they try again. */
  private void link(String user) {
    cloud.consentAs(accountOf(user));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .pollDelay(Duration.ZERO)
        .untilAsserted(() -> assertLinks(user));
  }

  private void assertLinks(String user) {
    HttpResponse<String> page = operator.link("whoop", user);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
  }

  /** From when it was decided until the process was gone. */
  private record Kill(Instant begun, Instant dead) {
    boolean mayHaveCost(Instant rotation) {
      return rotation.isAfter(begun.minus(UNDER_WAY)) && rotation.isBefore(dead.plus(LEFT_BEHIND));
    }

    boolean soonAfter(Instant time) {
      return time.isBefore(dead.plus(LEFT_BEHIND)) && time.plus(STORED_AT_LATEST).isAfter(begun);
    }
  }

  /** Kills the host. */
  void kill(Runnable kill) {
    Instant begun = Instant.now();
    kill.run();
    kills.add(new Kill(begun, Instant.now()));
  }

  /** Whether the host was killed when what it knew then may not have been stored yet. */
  boolean killSoonAfter(Instant time) {
    return kills.stream().anyMatch(kill -> kill.soonAfter(time));
  }

  int kills() {
    return kills.size();
  }

  /** Makes the lost links again. */
  void mend() {
    JsonNode all = JSON.readTree(operator.get("/v1/connections").body()).path("connections");
    for (JsonNode connection : all.values()) {
      if (!connection.path("status").asString().equals("ACTIVE")) {
        String user = connection.path("userId").asString();
        judge(user, connection.path("status").asString());
        link(user);
      }
    }
  }

  private void judge(String user, String status) {
    Optional<Instant> rotated = cloud.oauth().rotatedUnseen(accountOf(user));
    boolean excused =
        rotated.map(at -> kills.stream().anyMatch(kill -> kill.mayHaveCost(at))).orElse(false);
    if (excused && status.equals("REAUTHORIZATION_REQUIRED")) {
      lostByKills++;
    } else {
      lostByUs.add(
          "%s was found %s; rotated unseen: %s; kills: %s".formatted(user, status, rotated, kills));
    }
  }

  int lostByKills() {
    return lostByKills;
  }

  List<String> lostByUs() {
    return lostByUs;
  }
}
