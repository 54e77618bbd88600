package io.cloudconnector.whoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import io.cloudconnector.testkit.FakeBrowser;
import io.cloudconnector.testkit.FakeConfig;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeContext;
import io.cloudconnector.testkit.SettableClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connector, a WHOOP cloud with one member, and that member's browser. */
abstract class BeforeWhoopCloud {
  final SettableClock clock = SettableClock.at(Instant.parse("2026-01-15T08:00:00Z"));
  final WhoopCloud cloud = new WhoopCloud(7, clock);
  FakeContext context;
  CloudConnector connector;
  WhoopPerson person;

  @BeforeEach
  void start() {
    cloud.start();
    person = cloud.person(cloud.addPerson(5));
    WhoopConnectorFactory factory = new WhoopConnectorFactory();
    context =
        FakeContext.builder(factory.descriptor())
            .clock(clock)
            .config(FakeConfig.of(factory.descriptor()).with(cloud.connectorSettings()))
            .build();
    connector = context.create(factory);
  }

  @AfterEach
  void stop() {
    context.close();
    cloud.close();
  }

  FakeConnection connection(Linked linked) {
    return new FakeConnection(connector, context, linked.credentials())
        .accountIds(linked.accountIds());
  }

  byte[] bytes(Connection connection, Resource resource) {
    FetchResult result = connector.fetchData(connection, resource);
    assertThat(result).as(resource.toString()).isInstanceOf(FetchResult.Found.class);
    List<VendorData> documents = ((FetchResult.Found) result).documents();
    assertThat(documents).singleElement().extracting(VendorData::resource).isEqualTo(resource);
    return documents.getFirst().bytes();
  }

  /** The account of whoever consents. */
  Linked link() {
    return FakeBrowser.link(context, connector);
  }
}
