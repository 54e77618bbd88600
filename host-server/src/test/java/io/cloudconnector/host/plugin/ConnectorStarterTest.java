package io.cloudconnector.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.host.config.ConnectorSettings;
import io.cloudconnector.host.containment.Contained;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.TestDatabase;
import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.host.vault.Vault;
import io.cloudconnector.simulator.SimulatedReply;
import io.cloudconnector.simulator.SimulatedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorStarterTest {
  @TempDir Path folder;

  @Test
  void leavesNoOpenClientBehindWhenAConnectorDoesNotStart() {
    try (Database database = TestDatabase.SQLITE.open(folder);
        SimulatedServer vendor = new SimulatedServer(InstantSource.system())) {
      vendor.route("GET", "/", request -> SimulatedReply.empty(204));
      vendor.start();
      FailsAfterItsFirstCall factory = new FailsAfterItsFirstCall(vendor.url("/"));

      assertThatThrownBy(() -> starter(database).start(plugin(factory), settings(vendor.url(""))))
          .hasMessage("no more");

      assertThat(vendor.requests().of("GET", "/")).hasSize(1);
      assertThatThrownBy(() -> factory.kept.getFirst().send(HttpCall.get(vendor.url("/"))))
          .isInstanceOf(ConnectorException.class);
      assertThat(vendor.requests().of("GET", "/")).hasSize(1);
    }
  }

  private static final class FailsAfterItsFirstCall implements ConnectorFactory {
    final List<VendorHttp> kept = new ArrayList<>();
    private final URI vendor;

    FailsAfterItsFirstCall(URI vendor) {
      this.vendor = vendor;
    }

    @Override
    public Descriptor descriptor() {
      return Descriptor.builder("acme", "Acme")
          .endpoint("base", "https://api.acme.example")
          .resource("run")
          .build();
    }

    @Override
    public CloudConnector create(ConnectorContext context) {
      kept.add(context.http());
      context.http().send(HttpCall.get(vendor));
      throw new IllegalStateException("no more");
    }
  }

  private static ConnectorStarter starter(Database database) {
    return new ConnectorStarter(
        database,
        new Vault(List.of(EncryptionKey.generate())),
        vendor -> {
          throw new AssertionError("asked for an inbox of " + vendor);
        },
        (vendor, request, why) -> {
          throw new AssertionError("refused: " + why);
        },
        Contained.unwatched(),
        new Metrics(),
        InstantSource.system());
  }

  private LoadedPlugin plugin(ConnectorFactory factory) {
    Descriptor descriptor = factory.descriptor();
    return new LoadedPlugin(
        descriptor,
        factory,
        getClass().getClassLoader(),
        new PluginFate.Loaded(
            folder,
            descriptor.vendor(),
            descriptor.displayName(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  private static ConnectorSettings settings(URI base) {
    return new ConnectorSettings(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of("base", base),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
