package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.VendorApiException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** How a connector with the role of registering webhooks does it. */
interface SubscriptionCases extends ConnectorUnderTest {
  /** A connector that only says what the operator must do by hand has no calls to show. */
  @Test
  default void showsHowItSubscribes() {
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      assumeTrue(host.connector().subscriptions().isPresent(), "the connector does not subscribe");
      if (subscriptions().isPresent()) {
        return;
      }
      SubscriptionResult result = reconcile(host, Set.of());
      assertThat(result)
          .as("without subscriptions() in the contract's test, it must be done by hand")
          .isInstanceOfSatisfying(
              SubscriptionResult.Manual.class,
              manual ->
                  assertThat(manual.steps()).contains(FakeSubscriptionRequest.CALLBACK.toString()));
      assertThat(host.vendor().calls()).isEmpty();
    }
  }

  @Test
  default void createsTheSubscriptionsThatAreMissing() {
    withSample(
        (host, sample) -> {
          assertUpToDate(host, asked(host, sample.missing(), sample.wanted()));
          assertThat(host.vendor().calls())
              .as("calls that name the address to send to")
              .anyMatch(SubscriptionCases::namesTheCallback);
        });
  }

  /** The vendor may test the address before its answer is here, and another host may be asked. */
  @Test
  default void writesWhatAHandshakeNeedsBeforeItSubscribes() {
    withSample(
        (host, sample) -> {
          assumeTrue(!handshakes().isEmpty(), "the vendor makes no handshake");
          List<Set<String>> known = new CopyOnWriteArrayList<>();
          host.vendor()
              .whenCalled(
                  call -> {
                    if (namesTheCallback(call)) {
                      known.add(host.context().state().names());
                    }
                  });
          asked(host, sample.missing(), sample.wanted());
          assertThat(known).as("calls that name the address to send to").isNotEmpty();
          assertThat(known.getFirst())
              .as("names in the connector's state when the vendor is first asked to subscribe")
              .containsAll(handshakes().getFirst().state().keySet());
        });
  }

  @Test
  default void changesNoSubscriptionThatIsAsWanted() {
    withSample(
        (host, sample) -> {
          for (int time = 0; time < 2; time++) {
            assertUpToDate(host, asked(host, sample.present(), sample.wanted()));
          }
        });
  }

  @Test
  default void leavesAloneASubscriptionThatPointsElsewhere() {
    withSample(
        (host, sample) -> {
          switch (asked(host, sample.elsewhere(), sample.wanted())) {
            case SubscriptionResult.UpToDate result ->
                assertThat(result.elsewhere()).as("told of what points elsewhere").isNotEmpty();
            case SubscriptionResult.Conflict result ->
                assertThat(result.existing()).isNotEqualTo(FakeSubscriptionRequest.CALLBACK);
            case SubscriptionResult.Manual result ->
                throw new AssertionError("by hand: " + result.steps());
          }
          assertThat(host.vendor().calls())
              .extracting(RecordedCall::method)
              .doesNotContain("DELETE");
        });
  }

  @Test
  default void removesOurSubscriptionsWhenNothingIsWanted() {
    withSample((host, sample) -> assertUpToDate(host, asked(host, sample.unwanted(), Set.of())));
  }

  @Test
  default void tellsThatTheVendorCannotSubscribeNow() {
    withSample(
        (host, sample) -> {
          for (int index = 0; index < sample.missing().size(); index++) {
            assertThat(refused(host, sample, index, 503)).isInstanceOf(VendorApiException.class);
            assertThat(refused(host, sample, index, 429)).isInstanceOf(RateLimitException.class);
          }
        });
  }

  private static Throwable refused(
      FakeHost host, SubscriptionSample sample, int index, int status) {
    Exchange.play(host, sample.missing(), index, List.of(RefusalCases.refusal(status)));
    Throwable thrown = catchThrowable(() -> reconcile(host, sample.wanted()));
    assertThat(thrown).as("after %d to call %d", status, index + 1).isNotNull();
    Leaks.assertNone(thrown, host.context().config());
    return thrown;
  }

  private void withSample(BiConsumer<FakeHost, SubscriptionSample> test) {
    assumeTrue(subscriptions().isPresent(), "the connector does not subscribe by calls");
    try (FakeHost host = FakeHost.of(factory(), this::configure)) {
      test.accept(host, subscriptions().orElseThrow());
    }
  }

  /** Exactly these calls must be made, in whatever order. */
  private static SubscriptionResult asked(
      FakeHost host, List<Exchange> exchanges, Set<String> wanted) {
    assertThat(exchanges).as("calls that the sample shows").isNotEmpty();
    Exchange.play(host, exchanges);
    int before = host.vendor().calls().size();
    SubscriptionResult result = reconcile(host, wanted);
    List<RecordedCall> calls = host.vendor().calls();
    assertThat(calls.subList(before, calls.size()))
        .extracting(RecordedCall::toString)
        .containsExactlyInAnyOrderElementsOf(
            exchanges.stream().map(exchange -> exchange.address(host)).toList());
    return result;
  }

  private static SubscriptionResult reconcile(FakeHost host, Set<String> wanted) {
    return host.connector()
        .subscriptions()
        .orElseThrow(() -> new AssertionError("the connector has no subscriptions()"))
        .reconcile(FakeSubscriptionRequest.wanting(wanted));
  }

  private static void assertUpToDate(FakeHost host, SubscriptionResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SubscriptionResult.UpToDate.class,
            upToDate ->
                assertThat(upToDate.checkAgainAt()).isAfter(host.context().clock().instant()));
  }

  /** JSON may write a slash as {@code \/}. */
  private static boolean namesTheCallback(RecordedCall call) {
    String address = FakeSubscriptionRequest.CALLBACK.toString();
    return call.carries(address) || call.body().replace("\\/", "/").contains(address);
  }
}
