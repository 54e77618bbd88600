package io.cloudconnector.whoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import io.cloudconnector.testkit.FakeConfig;
import io.cloudconnector.testkit.FakeConnection;
import io.cloudconnector.testkit.FakeContext;
import io.cloudconnector.testkit.FakeLinkAnswer;
import io.cloudconnector.testkit.FakeLinkRequest;
import io.cloudconnector.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
            .config(configured(FakeConfig.of(factory.descriptor()), cloud.connectorSettings()))
            .build();
    connector = context.create(factory);
  }

  private static FakeConfig configured(FakeConfig config, Map<String, Object> settings) {
    FakeConfig configured =
        config.client(text(settings, "clientId"), Secret.of(text(settings, "clientSecret")));
    for (String name : List.of("base", "auth", "token", "revoke")) {
      configured = configured.endpoint(name, URI.create(text(settings, name + "Url")));
    }
    return configured;
  }

  private static String text(Map<String, Object> settings, String name) {
    return Optional.ofNullable(settings.get(name)).orElseThrow().toString();
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

  /** The person's browser: to the consent page, and back with what it says. */
  Linked link() throws IOException, InterruptedException {
    FakeLinkRequest request = FakeLinkRequest.with(context);
    LinkStep.Redirect step = (LinkStep.Redirect) connector.linking().begin(request);
    try (HttpClient browser = HttpClient.newHttpClient()) {
      String back =
          browser
              .send(HttpRequest.newBuilder(step.location()).build(), BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      return connector
          .linking()
          .complete(request, FakeLinkAnswer.of(parameters(URI.create(back).getRawQuery())));
    }
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> decoded(pair[1])));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
