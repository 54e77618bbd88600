package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.host.acme.AcmeConnectorFactory;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.QuarantineKind;
import io.cloudconnector.host.store.QuarantineStore;
import io.cloudconnector.host.store.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DurableInboxTest {
  /** A vendor whose webhook cannot be stored would be asked to repeat it for ever. */
  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void whatAConnectorSaysOfAnUnreadableItemIsStoredWhateverItQuotes(
      TestDatabase kind, @TempDir Path folder) {
    try (Database database = kind.open(folder);
        Metrics metrics = new Metrics()) {
      new DurableInbox(
              new AcmeConnectorFactory().descriptor(),
              new SharedInbox(database),
              new UnknownTypes(metrics, InstantSource.system()),
              metrics)
          .accept(new Request(), List.of(WebhookEvent.unreadable("/a\0", "half \ud800\nof it")));

      assertThat(new QuarantineStore(database).list(QuarantineKind.ALL, 0, 10))
          .singleElement()
          .satisfies(kept -> assertThat(kept.request().why()).isEqualTo("/a?: half ??of it"));
    }
  }

  private static final class Request implements WebhookRequest {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.empty();
    }

    @Override
    public URI externalUrl() {
      return URI.create("https://connect.example.com/webhooks/acme");
    }

    @Override
    public byte[] body() {
      return new byte[] {'{', '}'};
    }

    @Override
    public Instant receivedAt() {
      return Instant.EPOCH;
    }
  }
}
