package io.cloudconnector.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.simulator.Delivery;
import io.cloudconnector.simulator.whoop.WhoopChange;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A start with much to do, as after days without the host: it serves, begins at the beginning, and
 * whoever comes new is not kept waiting for the rest. {@code -Dmuch.rows} and {@code -Dmuch.people}
 * make it more.
 */
@Isolated("it takes all processors")
abstract class MuchWaitsTest extends SystemTest {
  private static final String NEWCOMER = "newcomer";
  private static final int ENOUGH = 2000;

  /** One line goes row by row: on a busy machine some fifty in a second. */
  private static final Duration LONG = PATIENCE.multipliedBy(2);

  private static final int ROWS = Integer.getInteger("much.rows", 200_000);
  private static final int PEOPLE = Integer.getInteger("much.people", 200);

  private final WhoopCloud cloud = new WhoopCloud();
  private final Ledger ledger = new Ledger();
  private URI url;
  private Operator operator;
  private FeedReader reader;

  /** Members of the configuration's {@code database}. */
  abstract Map<String, Object> database();

  @BeforeEach
  void startCloud() throws IOException {
    url = URI.create("http://127.0.0.1:" + freePort());
    operator = new Operator(url, API_KEY);
    reader = new FeedReader(operator, ledger);
    cloud.limits().set();
    Backlog.isKnownTo(cloud);
    cloud.start();
    cloud.webhooks().repeatAfter(List.of());
    cloud.sendWebhooksTo(url.resolve("/webhooks/whoop"));
  }

  @AfterEach
  void closeCloud() {
    reader.close();
    operator.close();
    cloud.close();
  }

  private void serveWith(Backlog backlog) throws IOException {
    String key = newEncryptionKey();
    Map<String, Object> database = database();
    Instant begun = Instant.now();
    try (Database filled = opened(database)) {
      backlog.fill(filled, key);
    }
    tell("filled", begun);
    Map<String, Object> whoop = onlyWebhooks(cloud);
    // Not what is tried here: no limit may slow things down.
    whoop.put("rateLimits", List.of(Map.of("maxRequests", 100_000, "timeWindow", "1s")));
    String configuration =
        configuration(url, Map.of("database", database, "connectors", Map.of("whoop", whoop)));
    begun = Instant.now();
    serve(
        Files.writeString(folder.resolve("host.yaml"), configuration),
        Map.of("ENCRYPTION_KEY", key),
        operator);
    tell("ready", begun);
    reader.start();
  }

  private Database opened(Map<String, Object> database) {
    return Database.open(
        String.valueOf(database.get("url")),
        (String) database.get("username"),
        (String) database.get("password"),
        distribution.home());
  }

  /** How long it took is not judged here, but worth knowing. */
  private static void tell(String what, Instant begun) {
    Duration time = Duration.between(begun, Instant.now());
    System.out.printf("much waits: %s after %d ms%n", what, time.toMillis());
  }

  private List<Seen> read() {
    return ledger.seenBy(FeedReader.NAME);
  }

  private List<Seen> awaitOfTheBacklog(int count) {
    return await()
        .atMost(LONG)
        .until(
            () -> read().stream().filter(one -> one.user().startsWith("person-")).toList(),
            seen -> seen.size() >= count);
  }

  /**
   * Whoever comes new may wait for the turn that somebody is having and for the one that was due
   * before, and for nothing else that waits.
   */
  private void assertNewcomerWaitsForTwoTurnsOfEachAtMost(int turn) {
    WhoopPerson person = cloud.person(cloud.addPerson(3));
    HttpResponse<String> page = operator.link("whoop", NEWCOMER);
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);

    WhoopChange change = person.newWorkout();
    await().atMost(PATIENCE).until(() -> change.deliveries().stream().allMatch(Delivery::isOver));
    Instant told = Instant.now();

    await().atMost(PATIENCE).until(() -> read().stream().anyMatch(one -> isAbout(change, one)));
    tell("newcomer served", told);
    assertThat(change.deliveries()).hasSize(1).allMatch(Delivery::acknowledged);
    assertThat(before(change, told))
        .allSatisfy((user, events) -> assertThat(events).isLessThanOrEqualTo(2 * turn));
  }

  private static boolean isAbout(WhoopChange change, Seen event) {
    return event.resource().equals("workout/" + change.id());
  }

  /** How many events of each person were written since then and before that of the change. */
  private Map<String, Integer> before(WhoopChange change, Instant since) {
    Map<String, Integer> counts = new HashMap<>();
    read().stream()
        .takeWhile(one -> !isAbout(change, one))
        .filter(one -> one.isData() && one.at().isAfter(since))
        .forEach(one -> counts.merge(one.user(), 1, Integer::sum));
    return counts;
  }

  private void assertMeasures() {
    Instant begun = Instant.now();
    HttpResponse<byte[]> metrics = operator.get("/metrics");
    tell("metrics", begun);
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(new String(metrics.body(), UTF_8))
        .contains("connector_inbox_waiting")
        .doesNotContain("NaN");
  }

  @Test
  void oneLongLineIsWorkedOffFromItsBeginning() throws IOException {
    serveWith(new Backlog(100_000, 1));

    assertMeasures();
    assertNewcomerWaitsForTwoTurnsOfEachAtMost(8);
    List<Seen> seen = awaitOfTheBacklog(ENOUGH);

    assertThat(seen)
        .extracting(Seen::resource)
        .containsExactlyElementsOf(
            IntStream.range(0, seen.size()).mapToObj(Backlog::workout).toList());
  }

  @Test
  void manyLinesAreEachBegunWithTheirFirst() throws IOException {
    serveWith(new Backlog(ROWS, PEOPLE));

    assertMeasures();
    assertNewcomerWaitsForTwoTurnsOfEachAtMost(1);

    Map<String, Integer> next = new HashMap<>();
    for (Seen one : awaitOfTheBacklog(ENOUGH)) {
      int turn = next.merge(one.user(), 1, Integer::sum) - 1;
      int number = Integer.parseInt(one.user().substring("person-".length()));
      assertThat(one.resource()).isEqualTo(Backlog.workout(number + turn * PEOPLE));
    }
  }
}
