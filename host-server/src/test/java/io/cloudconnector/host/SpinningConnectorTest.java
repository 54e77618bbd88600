package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.plugin.PluginJar;
import io.cloudconnector.host.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it keeps all carriers of virtual threads busy")
final class SpinningConnectorTest {
  private static final String STOP = "spinning.connector.stop";

  private static final String FACTORY =
      """
      package acme;
      import io.cloudconnector.api.*;
      public class AcmeFactory implements ConnectorFactory {
        public Descriptor descriptor() {
          return Descriptor.builder("spinner", "Spinner").endpoint("base", "https://spin.example")
              .resource("run").signedWebhooks().build();
        }
        public CloudConnector create(ConnectorContext context) { return new Spinner(); }
        static class Spinner implements CloudConnector {
          public Linking linking() { throw new UnsupportedOperationException(); }
          public FetchResult fetchData(Connection c, Resource r) { return null; }
          public boolean verifyWebhook(WebhookRequest request) {
            while (System.getProperty("spinning.connector.stop") == null) { }
            return false;
          }
        }
      }
      """;

  private static final String SETTINGS =
      """

        spinner:
          clientId: bad
          clientSecret: "its-secret-0123456789"
          webhookSecret: "its-secret-0123456789"
      """
          .stripTrailing();

  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final int usual = scheduler.getParallelism();

  @TempDir Path folder;

  @Test
  void oneThatComputesWithoutEndIsSwitchedOffWhileTheOthersServe() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      try (RunningHost host = new RunningHost(TestDatabase.SQLITE, folder)) {
        host.restart(SETTINGS, this::addSpinner);
        List<CompletableFuture<HttpResponse<Void>>> spinning = new ArrayList<>();
        for (int n = 0; n < usual + 2; n++) {
          spinning.add(http.sendAsync(webhook(host), BodyHandlers.discarding()));
        }

        assertOthersAreServed(host, 0);
        Awaitility.await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> host.api().connector("spinner").get("status").asString().equals("off"));
        assertThat(host.api().connector("spinner").get("reason").asString())
            .startsWith("verifyWebhook ")
            .endsWith(" heeds no interruption");
        assertThat(http.sendAsync(webhook(host), BodyHandlers.discarding()).join().statusCode())
            .isEqualTo(503);
        assertOthersAreServed(host, 1);
        assertThat(spinning).noneMatch(CompletableFuture::isDone);
      }
    } finally {
      // Only now: the host had to end with them spinning.
      System.setProperty(STOP, "now");
      scheduler.setParallelism(usual);
    }
  }

  private static void assertOthersAreServed(RunningHost host, int before) {
    String account = host.link("anna");
    host.acme.put(account, "run/7", "{\"km\":" + before + "}");
    host.acme.notice(account, "run.updated", "7");
    assertThat(host.api().awaitEvents("data.updated", before + 1)).hasSize(before + 1);
  }

  private void addSpinner() {
    try {
      var _ = PluginJar.ofFactory(FACTORY).write(folder.resolve("plugins/spinner.jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest webhook(RunningHost host) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + host.port() + "/webhooks/spinner"))
        .POST(BodyPublishers.ofString("{}"))
        .build();
  }
}
