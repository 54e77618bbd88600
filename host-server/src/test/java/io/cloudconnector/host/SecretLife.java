package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.delivery.Consumer;
import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.JsonText;
import io.cloudconnector.simulator.Mischief;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedRequest;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The life of some connections in which everything goes wrong that can, and loudly. */
final class SecretLife {
  static final String EMAIL = "anna.secret@mail.example";
  static final String HEADER = "what-a-vendor-sends-along-0123456789";
  static final String DELIVERY_SECRET = "whsec_c2VjcmV0LW9mLXRoZS1vcGVyYXRvcnMtd2ViaG9vaw==";
  private static final int ECHOES = 8;

  private final RunningHost host;
  private final AcmeCloud acme;
  private final Consumer consumer;
  private final Runnable inTheMiddle;
  private final List<String> answers = new ArrayList<>();

  SecretLife(RunningHost host, Consumer consumer, Runnable inTheMiddle) {
    this.host = host;
    this.acme = host.acme;
    this.consumer = consumer;
    this.inTheMiddle = inTheMiddle;
  }

  void live() throws Exception {
    restart("");
    String account = host.link("anna");
    acme.put(account, "run/7", "{\"km\":7}");
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-good"));
    api().awaitEvents("data.updated", 1);
    badWebhooks(account);
    for (int kind = 0; kind < ECHOES; kind++) {
      whileTheVendorEchoes(kind, account);
    }
    whileTheConnectorSlips(account);
    whileAVendorCallHangs();
    whileTheDatabaseRefuses();
    theConnectorTalks(account);
    theEnd();
    everythingIsAskedFor();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(1));
  }

  private Api api() {
    return host.api();
  }

  private void restart(String acmeSettings) {
    String delivery =
        "\n\ndelivery: { webhook: { url: '%s', secret: '%s' } }"
            .formatted(consumer.url(), DELIVERY_SECRET);
    answers.addAll(api().seen());
    host.restart(acmeSettings + delivery);
  }

  /** All that was answered, before restarts too. */
  List<String> answers() {
    List<String> all = new ArrayList<>(answers);
    all.addAll(api().seen());
    return all;
  }

  private void badWebhooks(String account) throws InterruptedException {
    acme.webhooks().misbehave(1, new Mischief.Forge());
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-forged"));
    byte[] body = "not json either".getBytes(UTF_8);
    var request =
        api().withoutKey().request("/webhooks/acme").POST(BodyPublishers.ofByteArray(body));
    AcmeCloud.sign(body, host.clock.instant()).forEach(request::header);
    Answer answer = api().send(request.header("Authorization", "Basic " + HEADER));
    assertThat(answer.problem()).isEqualTo("unreadable-webhook");
    assertThat(api().withKey("a-wrong-api-key-9876543210").get("/v1/events").status())
        .isEqualTo(401);
  }

  /** All that a vendor was sent comes back in its answer, and a person's address with it. */
  private void whileTheVendorEchoes(int kind, String account) throws InterruptedException {
    consumer.answers(kind % 2 == 0 ? 500 : 204);
    for (String path : List.of("/token", "/v1")) {
      echo(kind, request -> request.path().startsWith(path));
      host.browser().walk(host.invite("berta"));
      acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-" + kind + path));
      host.clock.advance(Duration.ofHours(2));
      api().get(Api.connection("anna") + "/data/run/7");
      acme.faults().clear();
      host.clock.advance(Duration.ofHours(2));
      await().until(() -> api().get(Api.connection("anna") + "/data/run/7").status() == 200);
    }
  }

  private void echo(int kind, Predicate<SimulatedRequest> which) {
    acme.faults()
        .decide(
            request ->
                which.test(request)
                    ? Optional.of(Fault.answer(echoed(kind, request)))
                    : Optional.empty());
  }

  private static SimulatedReply echoed(int kind, SimulatedRequest request) {
    String sent =
        request.header("authorization").orElse("")
            + " "
            + new String(request.body(), UTF_8)
            + " "
            + EMAIL;
    String json = JsonText.object().text("error", sent).text("error_description", sent).toString();
    return switch (kind) {
      case 0 -> SimulatedReply.text(500, sent);
      case 1 -> SimulatedReply.json(500, json.substring(0, json.length() - 3));
      case 2 -> SimulatedReply.html(403, "<h1>" + sent + "</h1>");
      case 3 -> SimulatedReply.json(400, json);
      case 4 ->
          SimulatedReply.json(
              401,
              JsonText.object()
                  .text("error", "invalid_request")
                  .text("error_description", sent)
                  .toString());
      case 5 -> SimulatedReply.redirect("http://127.0.0.1:9/?" + URLEncoder.encode(sent, UTF_8));
      case 6 -> SimulatedReply.text(429, sent).with("Retry-After", "soon-" + sent);
      default ->
          request.path().equals("/token")
              ? SimulatedReply.json(200, "{\"access_token\":{\"a\":" + json + "}}")
              : SimulatedReply.text(404, sent);
    };
  }

  /** The connector puts a token into whatever it throws. */
  private void whileTheConnectorSlips(String account) throws InterruptedException {
    for (int kind = 0; kind < 9; kind++) {
      assertThat(api().get(Api.connection("anna") + "/data/run/slip-" + kind).status())
          .isGreaterThanOrEqualTo(400);
      acme.deliver(AcmeCloud.noticeText(account, "run.updated", "slip-" + kind, "t-slip-" + kind));
    }
    await()
        .until(
            () -> {
              // What is tried again steps aside only after a while.
              host.clock.advance(Duration.ofMinutes(2));
              return api().get("/v1/dead-letters").text().contains("t-slip-1");
            });
  }

  private void whileAVendorCallHangs() throws InterruptedException {
    acme.faults().on("/v1/run").next(1, new Fault.Slow(Duration.ofMillis(700)));
    Thread caller =
        Thread.ofVirtual().start(() -> api().get(Api.connection("anna") + "/data/run/7"));
    inTheMiddle.run();
    caller.join();
  }

  private void whileTheDatabaseRefuses() throws SQLException {
    for (String table : List.of("connection", "link", "link_flow", "event_log")) {
      String link = host.invite("carla");
      Browser browser = host.browser();
      String callback = browser.open(browser.open(link).location()).location();
      rename(table, table + "_gone");
      try {
        browser.open(callback);
        browser.open(link);
        api().get(Api.connection("anna") + "/data/run/7");
      } finally {
        rename(table + "_gone", table);
      }
    }
  }

  private void rename(String from, String to) throws SQLException {
    try (Connection connection = DriverManager.getConnection(host.databaseUrl);
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE " + from + " RENAME TO " + to);
    }
  }

  /** From here on linking, refreshing, revoking and reading webhooks throw all they know. */
  private void theConnectorTalks(String account) throws InterruptedException {
    restart("settings: { talkative: true }");
    for (int kind = 0; kind < 9; kind++) {
      host.browser().walk(host.invite("dora"));
      host.clock.advance(Duration.ofHours(2));
      api().get(Api.connection("anna") + "/data/run/7");
      acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t".repeat(kind + 1)));
    }
  }

  private void theEnd() {
    // The vendor is asked only when the last user of the account goes.
    List.of("berta", "carla", "anna").forEach(user -> api().delete(Api.connection(user)));
    await().until(this::revocationTried);
    restart("settings: { unstartable: true }");
    restart("");
  }

  private boolean revocationTried() throws SQLException {
    try (Connection connection = DriverManager.getConnection(host.databaseUrl);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT MAX(attempts) FROM revocation")) {
      return row.next() && row.getInt(1) > 0;
    }
  }

  private void everythingIsAskedFor() {
    for (String path :
        List.of(
            "/v1/connections",
            Api.connection("anna"),
            Api.connection("anna") + "/rate-limit",
            "/v1/connectors",
            "/v1/events?limit=1000",
            "/v1/dead-letters",
            "/v1/quarantine",
            "/v1/delivery",
            "/v1/users/anna/export",
            "/v1/audit?limit=1000",
            "/v1/keys",
            "/v1/nothing",
            "/metrics",
            "/health/ready",
            "/openapi.yaml")) {
      api().get(path);
    }
  }
}
