package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cloudconnector.host.cli.Cli;
import io.cloudconnector.host.cli.Console;
import io.cloudconnector.host.delivery.Consumer;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.simulator.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands by which an operator decides about dead letters and quarantine. */
final class OperatorCommandsTest {
  private static final Map<String, String> KEY = Map.of("CONNECTOR_API_KEY", RunningHost.API_KEY);

  @TempDir Path folder;
  private RunningHost host;
  private String url;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void start() {
    host = new RunningHost(TestDatabase.SQLITE, folder);
    url = "http://127.0.0.1:" + host.port();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private int run(Map<String, String> environment, String... words) {
    out = new StringWriter();
    err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            environment,
            folder,
            logging -> {});
    return Cli.run(words, new HostCommands(), console);
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--url=" + url);
    return run(KEY, all.toArray(String[]::new));
  }

  @Test
  void whoeverIsNotLetInIsToldWhatToChange() throws IOException {
    assertThat(run(KEY, "dead-letters", "list", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("no host answers at http://127.0.0.1:1; start it, or name another with --url\n");
    assertThat(run("dead-letters", "list", "--api-key", "wrong")).isEqualTo(2);
    assertThat(err.toString()).contains("does not know this API key", "CONNECTOR_API_KEY");
    assertThat(run("dead-letters", "list", "--api-key", "two\nlines")).isEqualTo(2);
    assertThat(err.toString()).contains("characters that no key has").doesNotContain("two");
    assertThat(run("quarantine", "replay", "--all", "--api-key", RunningHost.READ_ONLY_KEY))
        .isEqualTo(2);
    assertThat(err.toString()).contains("may only read");
    for (String bad : new String[] {"ftp://x", "8080", "http://", "https://u@x", "http://a b"}) {
      assertThat(run(KEY, "quarantine", "list", "--url", bad)).as(bad).isEqualTo(2);
      assertThat(err.toString()).contains("--url " + bad + " is no address of a host");
    }
    assertThat(run(KEY, "quarantine", "list", "--url", "http://10.0.0.1")).isEqualTo(2);
    assertThat(err.toString()).contains("in clear over the network");
    assertThat(run(Map.of(), "dead-letters", "list")).isEqualTo(2);
    assertThat(err.toString()).contains("no configuration file");
  }

  @Test
  void somethingElseThatAnswersIsNotTakenForAHost() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange
              .getResponseBody()
              .write("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          exchange.close();
        });
    other.start();
    try {
      String there = "http://127.0.0.1:" + other.getAddress().getPort();
      assertThat(run(KEY, "dead-letters", "list", "--url", there)).isEqualTo(1);
      assertThat(err.toString()).contains("that is no Cloud Connector").doesNotContain("\tat ");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void hostAndKeyComeFromTheConfigurationByDefault() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("x.yaml"),
            """
            server: { port: %d, host: 0.0.0.0, publicUrl: "https://connect.example.test" }
            security:
              apiKeys: [ { name: d, key: "%s", readOnly: true }, "%s" ]
              encryptionKeys: [ "k" ]
            connectors: { acme: { clientId: a, clientSecret: b } }
            """
                .formatted(host.port(), RunningHost.READ_ONLY_KEY, RunningHost.API_KEY));

    assertThat(run(Map.of(), "dead-letters", "replay", "--all", "--config", config.toString()))
        .as(err.toString())
        .isZero();

    assertThat(out.toString()).isEqualTo("Tried again: 0\n");
  }

  @Test
  void whichOnesAreMeantMustBeClear() {
    for (String words :
        new String[] {
          "dead-letters replay",
          "dead-letters replay 1 --all",
          "dead-letters replay --all --vendor acme",
          "dead-letters replay --resource-type run",
          "dead-letters show x/y",
          "dead-letters list --limit 0",
          "quarantine replay",
          "quarantine discard 1 --reason="
        }) {
      assertThat(run(words.split(" ", -1))).as(words + err).isEqualTo(2);
      assertThat(err.toString()).as(words).isNotEmpty().doesNotContain("\tat ");
    }
    assertThat(run("dead-letters", "show", "7")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("the host answered 404: there is no dead letter of that id\n");
  }

  @Test
  void deadLettersAreListedShownReplayedAndDiscarded() throws InterruptedException {
    assertThat(run("dead-letters", "list")).isZero();
    assertThat(out.toString()).isEqualTo("None.\n");
    String account = host.link("anna");
    host.acme.put(account, "run/7", "{}");
    host.acme.faults().on("/v1/run").always(Fault.status(400));
    host.acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-7"));
    host.acme.deliver(AcmeCloud.noticeText(account, "run.updated", "8", "t-8"));
    Awaitility.await().until(() -> letters().size() == 2);

    assertThat(run("dead-letters", "list", "--limit", "1")).isZero();
    assertThat(out.toString()).contains("RESOURCE TYPE", "anna", "acme answered 400");
    assertThat(err.toString()).isEqualTo("Perhaps more: --after 1\n");
    assertThat(run("dead-letters", "list", "--user-id", "an other")).isZero();
    assertThat(out.toString()).isEqualTo("None.\n");
    assertThat(run("dead-letters", "show", "1")).isZero();
    assertThat(out.toString()).contains("traceId:").contains("t-7");
    assertThat(run("dead-letters", "discard", "2", "--reason", "a test, & more")).isZero();

    host.acme.faults().clear();
    assertThat(run("dead-letters", "replay", "--vendor", "acme", "--why", "acme answered"))
        .isZero();
    assertThat(out.toString()).isEqualTo("Tried again: 1\n");
    host.api().awaitEvents("data.updated", 1);
    assertThat(letters()).isEmpty();
  }

  /** As a script sees them. */
  private JsonNode letters() {
    assertThat(run("dead-letters", "list", "--json")).as(err.toString()).isZero();
    return JsonMapper.shared().readTree(out.toString()).get("deadLetters");
  }

  @Test
  void quarantineIsListedShownReplayedAndDiscarded() throws InterruptedException {
    host.acme.deliver("\u001b[31mred");
    assertThat(run("quarantine", "list")).isZero();
    assertThat(out.toString()).contains("RECEIVED AT", "acme");

    assertThat(run("quarantine", "show", "1")).isZero();
    assertThat(out.toString()).contains("\ufffd[31mred").doesNotContain("\u001b");
    assertThat(run("quarantine", "replay", "1")).isEqualTo(1);
    assertThat(err.toString()).contains("409", "still cannot read");
    assertThat(run("quarantine", "replay", "--vendor", "acme")).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("Could be read: 0, still not: 1\n");
    assertThat(run("quarantine", "discard", "1", "--reason", "a test")).isZero();
    assertThat(run("quarantine", "list")).isZero();
    assertThat(out.toString()).isEqualTo("None.\n");
  }

  @Test
  void keysAreListedAndEverythingIsSealedAnewUnderTheFirst() {
    host.link("anna");
    host.encryptionKeys = List.of(EncryptionKey.generate().text(), host.encryptionKeys.getFirst());
    host.restart("");
    url = "http://127.0.0.1:" + host.port();

    assertThat(run("keys", "list")).isZero();
    assertThat(out.toString()).contains("FIRST", "CONFIGURED", "VALUES").doesNotContain("cck_");
    assertThat(run("keys", "rotate", "--api-key", RunningHost.READ_ONLY_KEY)).isEqualTo(2);
    assertThat(run("keys", "rotate")).isZero();
    assertThat(out.toString()).contains("has begun");
    Awaitility.await()
        .until(
            () -> {
              run("keys", "list");
              return out.toString().matches("(?s).*state: +done.*resealed: +1\\b.*");
            });
  }

  @Test
  void theDeliveryWebhookIsLookedAtAndSteered() {
    host.link("anna");
    assertThat(run("delivery", "status")).isEqualTo(1);
    assertThat(err.toString()).contains("delivery.webhook is not configured");
    try (Consumer consumer = new Consumer()) {
      host.restart(
          """

          delivery:
            webhook: { url: '%s', secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }
          """
              .formatted(consumer.url()));
      url = "http://127.0.0.1:" + host.port();
      Awaitility.await().until(() -> consumer.taken().size() == 1);

      assertThat(run("delivery", "status")).isZero();
      assertThat(out.toString()).contains("state:", "delivering", "position:");
      assertThat(run("delivery", "parked")).isZero();
      assertThat(out.toString()).isEqualTo("None.\n");
      assertThat(run("delivery", "resume")).isEqualTo(1);
      assertThat(err.toString()).contains("not parked");
      assertThat(run("delivery", "replay-parked", "../x")).isEqualTo(1);
      assertThat(run("delivery", "discard-parked", "c1")).isEqualTo(1);
      assertThat(err.toString()).contains("no parked event");
      assertThat(run("delivery", "replay", "--after", "zzz")).isEqualTo(2);
      Awaitility.await().until(() -> run("delivery", "replay", "--after", "c0") == 0);
      Awaitility.await().until(() -> consumer.taken().size() >= 2);
    }
  }

  @Test
  void goesOnWithRefreshesThatWereStopped() {
    String account = host.link("anna");
    host.acme.put(account, "run/7", "{}");
    host.clock.advance(Duration.ofHours(2));
    host.acme.faults().on("/token").always(Fault.invalidClient());
    String data = Api.connection("anna") + "/data/run/7";
    assertThat(host.api().get(data).problem()).isEqualTo("vendor-failed");
    assertThat(host.api().withoutKey().get("/metrics").text())
        .contains("connector_refreshes_stopped{vendor=\"acme\"} 1.0");
    host.acme.faults().clear();
    assertThat(host.api().get(data).problem()).isEqualTo("vendor-failed");

    assertThat(run(KEY, "refreshes", "resume", "acme", "--url", url)).isZero();

    assertThat(out.toString()).contains("Tokens of acme are refreshed again.");
    assertThat(host.api().get(data).status()).isEqualTo(200);
    assertThat(run(KEY, "refreshes", "resume", "acme", "--url", url)).isEqualTo(1);
    assertThat(err.toString()).contains("tokens of acme are being refreshed");
  }
}
