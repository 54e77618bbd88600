package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.cli.Cli;
import io.cloudconnector.host.cli.Console;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.simulator.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.Parameter;
import tools.jackson.databind.JsonNode;

/** Webhooks that a host registers by itself, and the handshake that comes with it. */
@Isolated("it reads the log, which all share")
@OnEachDatabase
final class SubscriptionsTest {
  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
  }

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase parameter;

  private TestDatabase kind;
  private Path folder;
  private CirrusHosts hosts;
  private CirrusCloud cloud;

  @BeforeEach
  void start(@TempDir Path temporary) {
    kind = Objects.requireNonNull(parameter);
    folder = temporary;
    hosts = new CirrusHosts(kind, folder);
    cloud = hosts.cloud;
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  @Test
  void theyAreMadeAtTheStartRepairedDailyRenewedAndShown() {
    Api api = hosts.start("");

    JsonNode shown = CirrusHosts.await(api, "up_to_date");

    assertThat(cloud.types()).containsExactly("nap", "run");
    assertThat(shown.get("callbackUrl").asString())
        .isEqualTo(RunningHost.PUBLIC_URL + "/webhooks/cirrus");
    assertThat(shown.get("wantedTypes"))
        .extracting(JsonNode::asString)
        .containsExactly("nap", "run");
    assertThat(shown.get("ours")).hasSize(2);
    assertThat(shown.at("/ours/0/resourceType").asString()).isEqualTo("nap");
    assertThat(shown.at("/ours/0/event").asString()).isEqualTo("changed");
    assertThat(shown.at("/ours/0/id").asString()).isEqualTo(cloud.subscriptions().getFirst().id());
    assertThat(shown.get("elsewhere")).isEmpty();
    assertThat(metrics(api))
        .contains(
            "connector_subscriptions_state{vendor=\"cirrus\"} 0.0",
            "connector_subscriptions_ours{vendor=\"cirrus\"} 2.0",
            "connector_subscriptions_elsewhere{vendor=\"cirrus\"} 0.0")
        .doesNotContain("connector_subscriptions_state{vendor=\"acme\"}");
    Instant end = cloud.subscriptions().getFirst().ends();
    assertThat(metrics(api)).containsPattern("subscriptions_end_timestamp_seconds.*E9");

    cloud.drop("run");
    hosts.clock.advance(Duration.ofHours(25));
    Awaitility.await().until(() -> cloud.types().equals(List.of("nap", "run")));
    Awaitility.await()
        .until(
            () ->
                !api.get(CirrusHosts.PATH).json().get("checkedAt").equals(shown.get("checkedAt")));

    hosts.clock.advance(Duration.ofDays(85));
    Awaitility.await()
        .until(
            () ->
                cloud.subscriptions().stream()
                    .allMatch(one -> one.ends().isAfter(end.plus(Duration.ofDays(80)))));
    assertThat(cloud.types()).containsExactly("nap", "run");
  }

  private static String metrics(Api api) {
    return api.withoutKey().get("/metrics").text();
  }

  @Test
  void theHandshakeIsAnsweredDuringOurOwnCallAlsoByAnotherHost() {
    CirrusHosts.await(hosts.start("resourceTypes: [ pulse ]"), "up_to_date");
    assertThat(cloud.types()).isEmpty();
    boolean alone = kind == TestDatabase.SQLITE;
    if (alone) {
      hosts.stop();
    }
    List<Integer> taken = new CopyOnWriteArrayList<>();
    cloud.whileCalledBack(() -> taken.add(notice(hosts.reached(), "run").status()));

    // Where there are two, this one asks and the vendor's test reaches the other.
    Api asking = hosts.start(RunningHost.PUBLIC_URL, cloud.url().toString(), "", alone);

    Awaitility.await().until(() -> cloud.types().equals(List.of("nap", "run")));
    assertThat(CirrusHosts.await(asking, "up_to_date").get("failures").asInt()).isZero();
    assertThat(taken).containsExactly(200, 200);
  }

  private static Answer notice(Api api, String type) {
    String notice = "{\"account\":\"a-1\",\"type\":\"%s\",\"id\":\"7\"}".formatted(type);
    return send(api, "/webhooks/cirrus", notice);
  }

  private static Answer send(Api api, String path, String body) {
    return api.send(
        api.withoutKey()
            .request(path)
            .header("X-Cirrus-Secret", CirrusHosts.WEBHOOK_SECRET)
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void aChallengeWithoutTheRightTokenIsRefusedAndNothingEverTellsAVendorToGoAway() {
    Api anyone = hosts.start("").withoutKey();
    Awaitility.await().until(() -> cloud.types().size() == 2);
    String address = "/webhooks/cirrus";
    String token = "token=" + cloud.tokens().getFirst();

    assertThat(anyone.get(address + "?challenge=c&" + token).text()).isEqualTo("c");
    for (String query :
        List.of(
            "?challenge=c",
            "?challenge=c&token=",
            "?challenge=c&token=wrong",
            "?challenge=c&token=wrong&" + token,
            "?challenge=c&" + token + "&token=wrong",
            "?challenge=c&" + token + "&" + token,
            "?challenge=c&%74oken=x&" + token)) {
      assertThat(anyone.get(address + query).status()).as(query).isEqualTo(401);
    }
    assertThat(anyone.get(address).status()).isEqualTo(404);
    assertThat(anyone.get(address + "?" + token).status()).isEqualTo(404);
    assertThat(anyone.get(address + "?challenge=a&challenge=b&" + token).status()).isEqualTo(404);
    assertThat(anyone.get("/webhooks/nobody?challenge=c").status()).isEqualTo(404);
    assertThat(sent(anyone, "DELETE", address)).isEqualTo(405);
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      assertThat(sent(anyone, method, address + "?challenge=c&" + token)).as(method).isEqualTo(200);
      assertThat(sent(anyone, method, address + "?challenge=c&token=x")).as(method).isEqualTo(401);
    }
    assertThat(sent(anyone, "HEAD", address + "?challenge=c&" + token)).isEqualTo(200);
    assertThat(sent(anyone, "HEAD", address)).isEqualTo(404);

    Answer gone = anyone.get(address + "?challenge=gone&" + token);
    assertThat(gone.status()).isEqualTo(503);
    assertThat(gone.header("Retry-After")).isPresent();
    Answer slip = anyone.get(address + "?challenge=slip&" + token);
    assertThat(slip.status()).isEqualTo(503);
    assertThat(slip.text()).doesNotContain(cloud.tokens().getFirst());
    assertThat(
            send(anyone, address + "?rude=1", "{\"account\":\"a\",\"type\":\"run\",\"id\":\"7\"}")
                .status())
        .isEqualTo(200);
  }

  /** Past the description, which knows GET and POST only. */
  private static int sent(Api api, String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(api.address() + path))
            .method(method, BodyPublishers.noBody())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling the host", e);
    }
  }

  @Test
  void whatPointsElsewhereIsLeftAloneUnlessTheOperatorSaysOtherwise() {
    CirrusCloud.Made theirs =
        cloud.add("run", "https://other.example.test/hook?key=s3cr3t-of-theirs");
    Api api;
    try (CapturedLog log = new CapturedLog()) {
      api = hosts.start("");
      JsonNode shown = CirrusHosts.await(api, "up_to_date");
      assertThat(shown.get("ours")).hasSize(1);
      assertThat(shown.at("/elsewhere/0/id").asString()).isEqualTo(theirs.id());
      assertThat(shown.toString())
          .contains("https://other.example.test/hook")
          .doesNotContain("s3cr3t");
      Awaitility.await()
          .until(() -> log.lines().stream().anyMatch(line -> line.contains("left alone")));
      assertThat(log.lines())
          .filteredOn(line -> line.contains("left alone"))
          .singleElement()
          .asString()
          .contains("run", "other.example.test", "takeOverSubscriptions")
          .doesNotContain("s3cr3t");
      assertThat(metrics(api)).contains("connector_subscriptions_elsewhere{vendor=\"cirrus\"} 1.0");
    }
    hosts.stop();

    // At once, although the last check was a moment ago: something else is wanted.
    Api next = hosts.start("takeOverSubscriptions: true");

    Awaitility.await().until(() -> next.get(CirrusHosts.PATH).json().get("ours").size() == 2);
    assertThat(cloud.subscriptions()).hasSize(2).doesNotContain(theirs);
  }

  @Test
  void otherTypesThanBeforeAreSubscribedAfterARestartAndTheRestIsRemoved() {
    CirrusHosts.await(hosts.start(""), "up_to_date");
    hosts.stop();
    long calls = cloud.requests().total();

    Api same = hosts.start("");
    CirrusHosts.await(same, "up_to_date");
    hosts.stop();
    assertThat(cloud.requests().total()).as("nothing else is wanted").isEqualTo(calls);

    hosts.start("resourceTypes: [ nap, pulse ]");
    Awaitility.await().until(() -> cloud.types().equals(List.of("nap")));
  }

  @Test
  void anAddressOfThisMachineIsSubscribedOnlyAtAVendorThatIsHereToo() {
    Api api = hosts.start("http://127.0.0.1:8080", "https://api.cirrus.example", "", true);

    JsonNode shown = api.get(CirrusHosts.PATH).json();
    assertThat(shown.get("state").asString()).isEqualTo("not_asked");
    assertThat(shown.get("steps").asString()).contains("server.publicUrl");
    assertThat(shown.get("nextCheckAt").isNull()).isTrue();
    assertThat(api.post(CirrusHosts.PATH + "/check").problem()).isEqualTo("not-asked");
    assertThat(metrics(api)).contains("connector_subscriptions_state{vendor=\"cirrus\"} 3.0");
    hosts.stop();

    CirrusHosts.await(
        hosts.start("http://127.0.0.1:8080", cloud.url().toString(), "", true), "up_to_date");
    assertThat(cloud.subscriptions())
        .extracting(CirrusCloud.Made::url)
        .containsOnly("http://127.0.0.1:8080/webhooks/cirrus");
  }

  @Test
  void anOperatorListsThemAndHasThemChecked() {
    Api api = hosts.start("");
    CirrusHosts.await(api, "up_to_date");
    cloud.drop("nap");
    String url = api.address().toString();

    assertThat(run("subscriptions", "check", "cirrus", "--url", url)).contains("Asked for");
    Awaitility.await().until(() -> cloud.types().size() == 2);
    String listed = run("subscriptions", "list", "cirrus", "--url", url);
    assertThat(listed)
        .contains("state:        up_to_date", "wantedTypes:  nap, run", "RESOURCE TYPE", "nap")
        .doesNotContain("Elsewhere");
    assertThat(run("subscriptions", "list", "acme", "--url", url))
        .contains("registers no webhooks", RunningHost.PUBLIC_URL + "/webhooks/acme");
    assertThat(api.get("/v1/connectors/acme/subscriptions").problem())
        .isEqualTo("no-subscriptions");
    assertThat(api.post("/v1/connectors/none/subscriptions/check").problem())
        .isEqualTo("unknown-connector");
    assertThat(api.get("/v1/audit").json().at("/entries/0/action").asString())
        .isEqualTo("subscriptions.check_asked");
  }

  private String run(String... words) {
    StringWriter out = new StringWriter();
    PrintWriter both = new PrintWriter(out, true);
    Map<String, String> key = Map.of("CONNECTOR_API_KEY", RunningHost.API_KEY);
    Cli.run(words, new HostCommands(), new Console(both, both, key, folder, logging -> {}));
    return out.toString();
  }

  @Test
  void aVendorThatFailsIsToldOnceAndAskedAgain() {
    try (CapturedLog log = new CapturedLog()) {
      cloud.faults().on("/subscriptions").always(Fault.status(500));
      Api api = hosts.start("");
      JsonNode failed = CirrusHosts.await(api, "failed");
      assertThat(failed.get("lastError").asString()).contains("500");
      hosts.clock.advance(Duration.ofSeconds(31));
      Awaitility.await().until(() -> api.get(CirrusHosts.PATH).json().get("failures").asInt() == 2);
      cloud.faults().clear();
      hosts.clock.advance(Duration.ofSeconds(61));
      CirrusHosts.await(api, "up_to_date");
      assertThat(log.lines()).filteredOn(line -> line.contains("could not be checked")).hasSize(1);
    }
  }

  @Test
  void typesThatNobodyDescribedOrChoseAreAcceptedAndTheFormerCounted() {
    Api api = hosts.start("resourceTypes: [ run ]");
    try (CapturedLog log = new CapturedLog()) {
      assertThat(notice(api, "moon").status()).isEqualTo(200);
      assertThat(notice(api, "moon").status()).isEqualTo(200);
      assertThat(notice(api, "nap").status()).isEqualTo(200);
      assertThat(log.lines()).filteredOn(line -> line.contains("tells of 'moon'")).hasSize(1);
      hosts.clock.advance(Duration.ofMinutes(61));
      assertThat(notice(api, "moon").status()).isEqualTo(200);
      assertThat(log.lines()).filteredOn(line -> line.contains("tells of '")).hasSize(2);
    }
    assertThat(metrics(api))
        .contains(
            "connector_unknown_types_total{vendor=\"cirrus\"} 3.0",
            "connector_events_accepted_total{vendor=\"cirrus\"} 4.0");
  }
}
