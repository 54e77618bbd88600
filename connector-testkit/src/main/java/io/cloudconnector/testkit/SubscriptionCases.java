package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.VendorApiException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
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
      SubscriptionResult result =
          Subscribing.reconcile(host, FakeSubscriptionRequest.wanting(Set.of()));
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
    Subscribing.by(
        this,
        vendor -> {
          vendor.askedForAll();
          assertThat(vendor.subscribingCalls())
              .as("calls that name the address to send to, SubscriptionRequest.callbackUrl()")
              .isNotEmpty();
        });
  }

  @Test
  default void saysWhatItSubscribesTo() {
    Subscribing.by(
        this,
        vendor -> {
          vendor.askedForAll();
          for (String topic : vendor.sample().topics().orElseGet(() -> types(vendor.sample()))) {
            assertThat(vendor.subscribingCalls())
                .as(
                    "calls that subscribe, of which one must say '%s' beside the address: put the"
                        + " vendor's word for what is wanted into it; where that is not the name of"
                        + " the type, SubscriptionSample.topics(…) tells which it is",
                    topic)
                .anyMatch(call -> call.says(topic));
          }
        });
  }

  /** The host never wants those that no webhook tells of. */
  private Set<String> types(SubscriptionSample sample) {
    return factory().descriptor().resources().values().stream()
        .filter(ResourceType::hasWebhooks)
        .map(ResourceType::name)
        .filter(sample.wanted()::contains)
        .collect(Collectors.toSet());
  }

  /** The vendor may test the address before its answer is here, and another host may be asked. */
  @Test
  default void writesWhatAHandshakeNeedsBeforeItSubscribes() {
    Subscribing.by(
        this,
        vendor -> {
          Set<String> needed = handshakeState();
          List<Set<String>> known = new CopyOnWriteArrayList<>();
          vendor
              .host()
              .vendor()
              .whenCalled(
                  call -> {
                    if (Subscribing.namesTheCallback(call)) {
                      known.add(vendor.host().context().state().names());
                    }
                  });
          vendor.askedForAll();
          assertThat(known).as("calls that name the address to send to").isNotEmpty();
          assertThat(known.getFirst())
              .as("names in the connector's state when the vendor is first asked to subscribe")
              .containsAll(needed);
        });
  }

  /** A new one would break a test of the address that is under way. */
  @Test
  default void keepsWhatAHandshakeNeedsWhenItSubscribesAgain() {
    Subscribing.by(
        this,
        vendor -> {
          Set<String> needed = handshakeState();
          vendor.askedForAll();
          Map<String, Secret> first = known(vendor, needed);
          List<RecordedCall> before = vendor.subscribingCalls();
          vendor.askedForAll();
          assertThat(known(vendor, needed))
              .as(
                  "what the connector's state has of %s after a second reconcile: it must be what"
                      + " the first wrote; use ConnectorState.writeIfAbsent, then read",
                  needed)
              .isEqualTo(first);
          List<RecordedCall> all = vendor.subscribingCalls();
          for (Secret secret : first.values()) {
            assertThat(all.subList(before.size(), all.size()))
                .as("calls of a second reconcile, which must bear the secret that the first bore")
                .matches(
                    calls ->
                        before.stream().noneMatch(call -> call.carries(secret.reveal()))
                            || calls.stream().anyMatch(call -> call.carries(secret.reveal())));
          }
        });
  }

  private static Map<String, Secret> known(Subscribing vendor, Set<String> names) {
    Map<String, Secret> known = new HashMap<>();
    for (String name : names) {
      vendor.host().context().state().read(name).ifPresent(value -> known.put(name, value));
    }
    return known;
  }

  private Set<String> handshakeState() {
    Set<String> names =
        handshakes().stream()
            .flatMap(sample -> sample.state().keySet().stream())
            .collect(Collectors.toSet());
    assumeFalse(names.isEmpty(), "the vendor makes no handshake for which anything must be known");
    return names;
  }

  @Test
  default void changesNoSubscriptionThatIsAsWanted() {
    Subscribing.by(
        this,
        vendor -> {
          for (int time = 0; time < 2; time++) {
            vendor.upToDate(vendor.asked("present", vendor.sample().present(), vendor.wanted()));
          }
        });
  }

  @Test
  default void leavesAloneASubscriptionThatPointsElsewhere() {
    Subscribing.by(
        this,
        vendor -> {
          switch (vendor.asked("elsewhere", vendor.sample().elsewhere(), vendor.wanted())) {
            case SubscriptionResult.UpToDate result ->
                assertThat(result.elsewhere()).as("told of what points elsewhere").isNotEmpty();
            case SubscriptionResult.Conflict result ->
                assertThat(result.existing()).isNotEqualTo(FakeSubscriptionRequest.CALLBACK);
            case SubscriptionResult.Manual result ->
                throw new AssertionError("by hand: " + result.steps());
          }
          assertThat(vendor.host().vendor().calls())
              .extracting(RecordedCall::method)
              .doesNotContain("DELETE");
        });
  }

  @Test
  default void takesOverASubscriptionThatPointsElsewhereWhereThatIsAllowed() {
    Subscribing.by(
        this,
        vendor -> {
          SubscriptionResult.UpToDate result =
              vendor.upToDate(
                  vendor.asked(
                      "takenOver", vendor.sample().takenOver(), vendor.wanted().takingOver()));
          assertThat(vendor.subscribingCalls())
              .as(
                  "calls that name the address to send to: SubscriptionRequest.takeOver() allows to"
                      + " replace what points elsewhere")
              .isNotEmpty();
          assertThat(result.elsewhere()).as("told of what still points elsewhere").isEmpty();
        });
  }

  @Test
  default void removesOurSubscriptionsWhenNothingIsWanted() {
    Subscribing.by(
        this,
        vendor ->
            vendor.upToDate(
                vendor.asked(
                    "unwanted",
                    vendor.sample().unwanted(),
                    FakeSubscriptionRequest.wanting(Set.of()))));
  }

  @Test
  default void tellsThatTheVendorCannotSubscribeNow() {
    Subscribing.by(
        this,
        vendor -> {
          for (int index = 0; index < vendor.sample().missing().size(); index++) {
            assertThat(refused(vendor, index, 503)).isInstanceOf(VendorApiException.class);
            assertThat(refused(vendor, index, 429)).isInstanceOf(RateLimitException.class);
          }
        });
  }

  private static Throwable refused(Subscribing vendor, int index, int status) {
    Exchange.play(
        vendor.host(), vendor.sample().missing(), index, List.of(RefusalCases.refusal(status)));
    Throwable thrown = catchThrowable(() -> vendor.reconcile(vendor.wanted()));
    assertThat(thrown)
        .as(
            "what reconcile throws after %d to call %d; CloudConnectorBase.call(HttpCall) does it",
            status, index + 1)
        .isNotNull();
    Leaks.assertNone(thrown, vendor.host().context().config());
    return thrown;
  }
}
