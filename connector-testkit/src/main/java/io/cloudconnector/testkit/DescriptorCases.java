package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Resource;
import java.net.URI;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a connector says about itself. */
interface DescriptorCases extends ConnectorUnderTest {
  @Test
  default void factoryIsFoundByItsServiceFile() {
    assertThat(ServiceLoader.load(ConnectorFactory.class))
        .as(
            "factories named in META-INF/services/%s: write the line '%s' into it",
            ConnectorFactory.class.getName(), factory().getClass().getName())
        .anyMatch(found -> found.getClass().equals(factory().getClass()));
  }

  @Test
  default void vendorHasWebhooksOrHistory() {
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      assertThat(
              factory().descriptor().webhooks().isPresent()
                  || host.connector().history().isPresent())
          .as("a connector without webhooks and without history would never learn of anything")
          .isTrue();
    }
  }

  @Test
  default void vendorIsNamedForPeople() {
    assertThat(factory().descriptor().displayName())
        .as("the name for people, Descriptor.builder's second argument")
        .isNotBlank();
  }

  @Test
  default void absoluteAddressesAreHttps() {
    assertThat(factory().descriptor().endpoints())
        .allSatisfy(
            (name, address) -> {
              if (!address.startsWith("/")) {
                assertThat(URI.create(address)).as(name).hasScheme("https").hasNoUserInfo();
              }
            });
  }

  @Test
  default void relativeAddressesHaveABaseToContinue() {
    Descriptor descriptor = factory().descriptor();
    boolean relative =
        descriptor.endpoints().values().stream().anyMatch(address -> address.startsWith("/"));

    assertThat(!relative || descriptor.endpoints().containsKey("base"))
        .as("an address that starts with / continues the endpoint base")
        .isTrue();
  }

  @Test
  default void everyResourceTypeHasASample() {
    Set<String> shown =
        resources().stream()
            .map(ResourceSample::resource)
            .map(Resource::type)
            .collect(Collectors.toSet());

    assertThat(factory().descriptor().resources().keySet())
        .as("types that the descriptor declares, against those of resources()")
        .isNotEmpty()
        .isEqualTo(shown);
  }

  @Test
  default void makingAConnectorCallsNobody() {
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      assertThat(host.vendor().calls())
          .as("calls made by ConnectorFactory.create; wait with them until the host asks")
          .isEmpty();
    }
  }
}
