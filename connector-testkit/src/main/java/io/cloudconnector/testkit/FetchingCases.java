package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorData;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How a connector fetches, and with which credentials. */
interface FetchingCases extends ConnectorUnderTest {
  @TestFactory
  default Stream<DynamicTest> fetchesTheVendorsBytesUntouched() {
    return VendorCall.each(
        this,
        call -> {
          call.isAnswered(call.asTheSampleSays());
          assertFound(call, call.fetch(call.linked()));
        });
  }

  @TestFactory
  default Stream<DynamicTest> takesNoMoreCallsThanItDeclares() {
    return VendorCall.each(
        this,
        call -> {
          call.isAnswered(call.asTheSampleSays());
          call.fetch(call.linked());
          assertThat(call.host().context().limits().calls())
              .as(
                  "calls for one fetch of %s; the host reserves so many beforehand as"
                      + " ResourceType.callsPerFetch says in the descriptor",
                  call.declared())
              .hasSizeLessThanOrEqualTo(call.declared().callsPerFetch());
        });
  }

  @TestFactory
  default Stream<DynamicTest> refreshesAnExpiredTokenBeforeTheFirstCall() {
    return VendorCall.each(
        this,
        call -> {
          assumeRefreshable(call);
          call.isAnswered(call.asTheSampleSays());
          call.vendorRefreshes();
          FakeConnection connection = call.linked(call.now().minusSeconds(1));

          assertFound(call, call.fetch(connection));
          assertThat(connection.refreshes())
              .as("refreshes; Connection.credentials() makes one where it is due")
              .isEqualTo(1);
          assertThat(call.dataCalls())
              .as("calls with the expired token; ask Connection.credentials() for each fetch")
              .noneMatch(sent -> sent.carries(Leaks.OLD_ACCESS));
          assertThat(call.dataCalls())
              .as("calls with the new token")
              .anyMatch(sent -> sent.carries(Leaks.NEW_ACCESS));
        });
  }

  @TestFactory
  default Stream<DynamicTest> renewsOnceAfterA401AndGoesOn() {
    return VendorCall.each(
        this,
        call -> {
          assumeRefreshable(call);
          call.isAnswered(StubReply.status(401), call.asTheSampleSays());
          call.vendorRefreshes();
          FakeConnection connection = call.linked();

          assertFound(call, call.fetch(connection));
          assertThat(connection.refreshes())
              .as("renewals after a 401; CloudConnectorBase.call makes one")
              .isEqualTo(1);
          assertThat(connection.stored().accessToken().reveal()).isEqualTo(Leaks.NEW_ACCESS);
        });
  }

  @TestFactory
  default Stream<DynamicTest> tellsWhenTheGrantIsDead() {
    return VendorCall.each(
        this,
        call -> {
          assumeRefreshable(call);
          call.isAnswered(StubReply.status(401));
          call.host().vendor().on(StubVendor.ANY, call.host().path("token"), deadGrant());
          FakeConnection connection = call.linked();

          TokenException thrown =
              catchThrowableOfType(TokenException.class, () -> call.fetch(connection));
          assertThat(thrown).isNotNull();
          Leaks.assertNone(thrown, call.host().context().config());
        });
  }

  @Test
  default void refusesAResourceTypeThatTheVendorDoesNotHave() {
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      FakeConnection connection =
          host.connection(
              credentials(
                  Leaks.OLD_ACCESS,
                  Leaks.OLD_REFRESH,
                  host.context().clock().instant().plus(Duration.ofHours(1))));
      for (Resource unknown :
          new Resource[] {
            Resource.one("no_such_type", "1"),
            Resource.all("no_such_type"),
            Resource.range("no_such_type", Instant.EPOCH, Instant.EPOCH.plusSeconds(1))
          }) {
        assertThatThrownBy(() -> host.connector().fetchData(connection, unknown))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("no_such_type");
      }
      assertThat(host.vendor().calls()).isEmpty();
    }
  }

  private static void assertFound(VendorCall call, FetchResult result) {
    call.sample()
        .document()
        .ifPresentOrElse(
            document -> assertFound(call, result, document),
            () -> VendorCall.assertNothing(result));
  }

  private static void assertFound(VendorCall call, FetchResult result, byte[] document) {
    assertThat(result)
        .as("what a fetch of %s finds, answered as the sample says", call.sample().resource())
        .isInstanceOf(FetchResult.Found.class);
    if (result instanceof FetchResult.Found found) {
      assertThat(found.documents())
          .as(
              "documents of %s: hand on the vendor's bytes, cut out by JsonSlices where only a part"
                  + " is the document",
              call.sample().resource())
          .extracting(VendorData::bytes)
          .contains(document);
    }
  }

  private static void assumeRefreshable(VendorCall call) {
    assumeTrue(call.canRefresh(), "the descriptor has no token endpoint");
  }
}
