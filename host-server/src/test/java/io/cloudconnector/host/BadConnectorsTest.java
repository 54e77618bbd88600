package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.plugin.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connectors that do what none should, all in one host, beside one that is in order. */
final class BadConnectorsTest extends HostTest {
  private static final String GOOD = "return new Bad();";

  private static final String VERIFYING =
      "public boolean verifyWebhook(WebhookRequest r) { return true; } ";

  private static final List<Bad> ALL =
      List.of(
          new Bad("throwing", "throw new IllegalStateException();", "", "failed", 503),
          new Bad("unlinked", "throw new NoClassDefFoundError();", "", "failed", 503),
          new Bad("nothing", "return null;", "", "failed", 503),
          new Bad(
              "roleless",
              GOOD,
              "public Optional<Subscriptions> subscriptions() { throw new NoSuchMethodError(); }",
              "failed",
              503),
          new Bad(
              "threads",
              "for (int n = 0; n < 3; n++) { new Thread(AcmeFactory::sleep).start(); }"
                  + " return new Bad();",
              "",
              "running",
              401),
          new Bad(
              "overflow",
              GOOD,
              "public boolean verifyWebhook(WebhookRequest r) { return verifyWebhook(r); }",
              "running",
              503),
          new Bad(
              "nolist",
              GOOD,
              VERIFYING
                  + "public List<WebhookEvent> parseEvents(WebhookRequest r) { return null; }",
              "running",
              400),
          new Bad(
              "noids",
              GOOD,
              VERIFYING
                  + "public List<WebhookEvent> parseEvents(WebhookRequest r) {"
                  + " return List.of(WebhookEvent.changed(\"\", Resource.one(\"run\", \"\"))); }",
              "running",
              400),
          new Bad(
              "goodbye",
              GOOD,
              "public Optional<WebhookReply> answerHandshake(WebhookRequest r) {"
                  + " return Optional.of(WebhookReply.status(410)); }",
              "running",
              503));

  /**
   * A plugin with a fault.
   *
   * @param create body of the factory's method
   * @param members of the connector
   * @param status what is told of it
   * @param webhook what its vendor is answered
   */
  private record Bad(String vendor, String create, String members, String status, int webhook) {
    Path write(Path plugins) {
      try {
        return PluginJar.ofFactory(source()).write(plugins.resolve(vendor + ".jar"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String source() {
      return """
          package acme;
          import io.cloudconnector.api.*;
          import java.util.*;
          public class AcmeFactory implements ConnectorFactory {
            public Descriptor descriptor() {
              return Descriptor.builder("%s", "Bad").endpoint("base", "https://bad.example")
                  .resource("run").signedWebhooks().build();
            }
            public CloudConnector create(ConnectorContext context) { %s }
            static void sleep() {
              while (true) {
                try { Thread.sleep(1_000_000); } catch (InterruptedException e) { }
              }
            }
            static class Bad implements CloudConnector {
              public Linking linking() { throw new UnsupportedOperationException(); }
              public FetchResult fetchData(Connection c, Resource r) { return null; }
              %s
            }
          }
          """
          .formatted(vendor, create, members);
    }

    String settings() {
      return """

            %s:
              clientId: bad
              clientSecret: "its-secret-0123456789"
              webhookSecret: "its-secret-0123456789"
          """
          .formatted(vendor);
    }
  }

  @BeforeEach
  void addTheBad() {
    StringBuilder settings = new StringBuilder();
    ALL.forEach(bad -> settings.append(bad.settings().stripTrailing()));
    host.restart(
        settings.toString(), () -> ALL.forEach(bad -> bad.write(host.folder.resolve("plugins"))));
    api = host.api();
  }

  @Test
  void eachHarmsNobodyButItself() throws InterruptedException {
    for (Bad bad : ALL) {
      assertThat(status(bad.vendor())).as(bad.vendor()).isEqualTo(bad.status());
      assertThat(webhook(bad)).as(bad.vendor()).isEqualTo(bad.webhook());
    }
    String account = host.link("anna");
    acme.put(account, "run/7", "{\"km\":12}");

    acme.notice(account, "run.updated", "7");

    assertThat(api.awaitEvents("data.updated", 1)).hasSize(1);
  }

  @Test
  void oneThatFailsOverAndOverIsShown() {
    Bad overflow =
        ALL.stream().filter(bad -> bad.vendor().equals("overflow")).findFirst().orElseThrow();
    for (int time = 0; time < 20; time++) {
      assertThat(webhook(overflow)).isEqualTo(503);
    }
    assertThat(status("overflow")).isEqualTo("unhealthy");
    assertThat(api.connector("overflow").get("reason").asString())
        .isEqualTo("fails over and over: verifyWebhook");
    assertThat(status("acme")).isEqualTo("running");
  }

  private int webhook(Bad bad) {
    return api.withoutKey().post("/webhooks/" + bad.vendor(), "{}").status();
  }

  private String status(String vendor) {
    return api.connector(vendor).get("status").asString();
  }
}
