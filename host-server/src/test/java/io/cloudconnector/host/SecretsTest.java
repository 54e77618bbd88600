package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.simulator.Fault;
import io.cloudconnector.simulator.Mischief;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be seen nowhere is seen nowhere, whatever happens. */
final class SecretsTest {
  private static final String ECHOED_SECRET = "what-a-vendor-echoes-0123456789";

  @Test
  void noSecretIsInAnAnswerALogLineOrTheDatabase(@TempDir Path folder) throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      List<String> secrets;
      List<String> answers;
      try (RunningHost host = new RunningHost(TestDatabase.SQLITE, folder)) {
        live(host);
        secrets = secrets(host);
        answers = host.api().seen();
        assertHeldNowhere("the database while it runs", secrets, files(folder));
      }
      assertThat(secrets).hasSizeGreaterThan(9);
      assertThat(log.lines()).hasSizeGreaterThan(20);
      assertThat(answers).hasSizeGreaterThan(15);
      assertHeldNowhere("an answer", secrets, answers);
      assertHeldNowhere("a log line", secrets, log.lines());
      assertHeldNowhere("the closed database", secrets, files(folder));
    }
  }

  /** A bit of everything, troubles above all. */
  private static void live(RunningHost host) throws InterruptedException {
    AcmeCloud acme = host.acme;
    Api api = host.api();
    String account = host.link("anna");
    acme.put(account, "run/7", "{\"km\":7}");
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t"));
    api.awaitEvents("data.updated", 1);
    acme.webhooks().misbehave(1, new Mischief.Forge());
    acme.deliver(AcmeCloud.noticeText(account, "run.updated", "7", "t-forged"));
    sendUnreadableWithCredentials(host);
    host.clock.advance(Duration.ofHours(2));
    api.get(Api.connection("anna") + "/data/run/7");
    for (Fault fault : List.of(Fault.status(500), Fault.forbiddenByProxy(), Fault.status(400))) {
      acme.faults().clear();
      acme.faults().on(request -> true).always(fault);
      api.get(Api.connection("anna") + "/data/run/7");
      host.clock.advance(Duration.ofHours(2));
      api.get(Api.connection("anna") + "/data/run/7");
      host.browser().walk(host.invite("berta"));
    }
    acme.faults().clear();
    String other = host.link("berta");
    acme.oauth().revoke(other);
    host.clock.advance(Duration.ofHours(2));
    api.get(Api.connection("berta") + "/data/run/7");
    api.get("/v1/connections");
    api.get("/v1/connectors");
    api.get("/v1/quarantine");
    api.get("/metrics");
    acme.faults().on("/v1/access").next(1, Fault.status(500));
    api.delete(Api.connection("anna"));
    Awaitility.await().until(() -> !acme.requests().of("DELETE", "/v1/access").isEmpty());
  }

  private static void sendUnreadableWithCredentials(RunningHost host) {
    byte[] body = "not json either".getBytes(UTF_8);
    var request =
        host.api().withoutKey().request("/webhooks/acme").POST(BodyPublishers.ofByteArray(body));
    AcmeCloud.sign(body, host.clock.instant()).forEach(request::header);
    Answer answer = host.api().send(request.header("Authorization", "Basic " + ECHOED_SECRET));
    assertThat(answer.problem()).isEqualTo("unreadable-webhook");
  }

  private static List<String> secrets(RunningHost host) {
    List<String> secrets =
        new ArrayList<>(
            List.of(
                AcmeCloud.CLIENT_SECRET,
                AcmeCloud.WEBHOOK_SECRET,
                ECHOED_SECRET,
                RunningHost.API_KEY,
                RunningHost.READ_ONLY_KEY,
                RunningHost.ENCRYPTION_KEY));
    secrets.addAll(host.acme.tokensSeen());
    host.acme.requests().of("POST", "/token").stream()
        .map(request -> request.form())
        .forEach(
            form ->
                Stream.of("code", "code_verifier", "refresh_token")
                    .map(form::get)
                    .filter(Objects::nonNull)
                    .forEach(secrets::add));
    return secrets.stream().distinct().toList();
  }

  private static List<String> files(Path folder) throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.add(Files.readString(file, ISO_8859_1));
      }
    }
    assertThat(contents).isNotEmpty();
    return contents;
  }

  private static void assertHeldNowhere(String where, List<String> secrets, List<String> texts) {
    for (String text : texts) {
      for (String secret : secrets) {
        // Neither is quoted in the message: it would be the leak that this test is about.
        assertThat(text.contains(secret))
            .as("a secret of %d characters in %s", secret.length(), where)
            .isFalse();
      }
    }
  }
}
