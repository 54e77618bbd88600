package io.cloudconnector.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.SubscriptionRequest;
import io.cloudconnector.api.SubscriptionResult;
import io.cloudconnector.api.Subscriptions;
import io.cloudconnector.api.WebhookReply;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.testkit.thorough.ThoroughConnectorFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract finds faults in how webhooks are registered and the address is tested. */
class BrokenRolesTest {
  @Test
  void theContractFindsSubscriptionsThatAreNotShown() {
    assertThat(BrokenContract.failures(Unshown.class)).contains("showsHowItSubscribes");
  }

  @Test
  void theContractFindsSubscriptionsThatAreNotMade() {
    assertThat(BrokenContract.failures(Idle.class))
        .contains(
            "createsTheSubscriptionsThatAreMissing", "removesOurSubscriptionsWhenNothingIsWanted");
  }

  @Test
  void theContractFindsSubscriptionsThatAreMadeBlindly() {
    assertThat(BrokenContract.failures(Blind.class))
        .contains(
            "writesWhatAHandshakeNeedsBeforeItSubscribes",
            "changesNoSubscriptionThatIsAsWanted",
            "leavesAloneASubscriptionThatPointsElsewhere",
            "takesOverASubscriptionThatPointsElsewhereWhereThatIsAllowed",
            "saysWhatItSubscribesTo",
            "tellsThatTheVendorCannotSubscribeNow")
        .doesNotContain("createsTheSubscriptionsThatAreMissing");
  }

  @Test
  void theContractFindsAPermissionToTakeOverThatIsIgnored() {
    Map<String, String> words = BrokenContract.words(Timid.class);

    assertThat(words)
        .containsOnlyKeys("takesOverASubscriptionThatPointsElsewhereWhereThatIsAllowed");
    assertThat(words.values()).allMatch(told -> told.contains("SubscriptionSample.takenOver"));
  }

  @Test
  void theContractAsksHowSubscriptionsAreTakenOver() {
    Map<String, String> words = BrokenContract.words(Modest.class);

    assertThat(words)
        .containsOnlyKeys("takesOverASubscriptionThatPointsElsewhereWhereThatIsAllowed");
    assertThat(words.values())
        .allMatch(told -> told.contains("calls that SubscriptionSample.takenOver(…) shows"));
  }

  @Test
  void theContractFindsASubscriptionToNothing() {
    Map<String, String> words = BrokenContract.words(Vague.class);

    assertThat(words).containsOnlyKeys("saysWhatItSubscribesTo");
    assertThat(words.values())
        .allMatch(told -> told.contains("one must say 'steps'"))
        .allMatch(told -> told.contains("SubscriptionSample.topics(…)"));
  }

  @Test
  void theContractLooksForTheWordsOfTheVendor() {
    assertThat(BrokenContract.failures(Foreign.class)).containsExactly("saysWhatItSubscribesTo");
  }

  @Test
  void theContractFindsATokenThatIsMadeAnewEachTime() {
    Map<String, String> words = BrokenContract.words(Restless.class);

    assertThat(words).containsOnlyKeys("keepsWhatAHandshakeNeedsWhenItSubscribesAgain");
    assertThat(words.values()).allMatch(told -> told.contains("ConnectorState.writeIfAbsent"));
  }

  @Test
  void theContractFindsATokenThatIsNotTheOneThatIsKept() {
    assertThat(BrokenContract.failures(Forked.class))
        .containsExactly("keepsWhatAHandshakeNeedsWhenItSubscribesAgain");
  }

  @Test
  void theContractFindsAHandshakeThatIsNotAnswered() {
    assertThat(BrokenContract.failures(Mute.class)).contains("answersTheVendorsHandshake");
  }

  @Test
  void theContractFindsAHandshakeThatAnybodyMayMake() {
    assertThat(BrokenContract.failures(Welcoming.class))
        .contains(
            "refusesAHandshakeThatIsNotTheVendors",
            "refusesAHandshakeThatNobodyAskedFor",
            "takesNoWebhookForAHandshake");
  }

  @Test
  void theContractFindsARefusalThatEndsTheSubscription() {
    assertThat(BrokenContract.failures(Final.class))
        .containsExactlyInAnyOrder(
            "refusesAHandshakeThatIsNotTheVendors", "refusesAHandshakeThatNobodyAskedFor");
  }

  @Test
  void theContractFindsAHandshakeThatKnowsOnlyWhatItReadFirst() {
    assertThat(BrokenContract.failures(Stubborn.class))
        .containsExactly("answersAHandshakeThatAnotherHostAskedFor");
  }

  /** This part of the contract alone, to be quick. */
  abstract static class Thorough implements ThoroughUnderTest, SubscriptionCases, HandshakeCases {}

  /** Thorough with a fault. Not found by itself: its name does not end in Test. */
  abstract static class Broken extends Thorough {
    abstract CloudConnector spoil(CloudConnector sound, ConnectorContext context);

    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(super.factory(), this::spoil);
    }
  }

  static class Unshown extends Thorough {
    @Override
    public Optional<SubscriptionSample> subscriptions() {
      return Optional.empty();
    }
  }

  static class Idle extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public Optional<Subscriptions> subscriptions() {
          return Optional.of(request -> upToDate(context));
        }
      };
    }
  }

  /** Creates whatever is there, is content with any answer, and remembers the token last. */
  static class Blind extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public Optional<Subscriptions> subscriptions() {
          return Optional.of(request -> create(request, context));
        }
      };
    }

    private static SubscriptionResult create(
        SubscriptionRequest request, ConnectorContext context) {
      URI hooks = URI.create(context.config().endpoint("base").orElseThrow() + "/v1/hooks");
      context.http().send(HttpCall.get(hooks));
      byte[] body = request.callbackUrl().toString().getBytes(UTF_8);
      context.http().send(HttpCall.of("POST", hooks).body(body, "text/plain"));
      context.state().write("verification", Secret.of("made-up"));
      return upToDate(context);
    }
  }

  /** Never takes over. */
  static class Timid extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public Optional<Subscriptions> subscriptions() {
          Subscriptions whole = super.subscriptions().orElseThrow();
          return Optional.of(
              request ->
                  whole.reconcile(
                      FakeSubscriptionRequest.wanting(request.wantedTypes())
                          .callbackUrl(request.callbackUrl())));
        }
      };
    }
  }

  /** Its author does not show how it takes over. */
  static class Modest extends Thorough {
    @Override
    public Optional<SubscriptionSample> subscriptions() {
      return super.subscriptions().map(sample -> sample.takenOver(new Exchange[0]));
    }
  }

  /** Does not say what it wants. */
  static class Vague extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new ThoroughConnectorFactory()
          .create(new AlteredContext(context, BrokenRolesTest::withoutType));
    }
  }

  private static HttpCall withoutType(HttpCall call) {
    return call.body()
        .map(body -> call.body(JsonEdit.without(body, "/type"), "application/json"))
        .orElse(call);
  }

  /** Its vendor has another word for steps than it sends. */
  static class Foreign extends Thorough {
    @Override
    public Optional<SubscriptionSample> subscriptions() {
      return super.subscriptions().map(sample -> sample.topics("step"));
    }
  }

  /** Makes a token for each run. */
  static class Restless extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      AtomicInteger runs = new AtomicInteger();
      return new WrappedConnector(sound) {
        @Override
        public Optional<Subscriptions> subscriptions() {
          Subscriptions whole = super.subscriptions().orElseThrow();
          return Optional.of(
              request -> {
                context
                    .state()
                    .write("verification", Secret.of("made-up-" + runs.incrementAndGet()));
                return whole.reconcile(request);
              });
        }
      };
    }
  }

  /** Keeps its first token, and sends another each time but the first. */
  static class Forked extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      AtomicInteger calls = new AtomicInteger();
      return new ThoroughConnectorFactory()
          .create(
              new AlteredContext(
                  context,
                  call ->
                      call.body().isPresent() && calls.getAndIncrement() > 0
                          ? withAnotherToken(call)
                          : call));
    }
  }

  private static HttpCall withAnotherToken(HttpCall call) {
    byte[] body = call.body().orElseThrow();
    return call.body(JsonEdit.with(body, "/token", "\"another\""), "application/json");
  }

  private static SubscriptionResult upToDate(ConnectorContext context) {
    return SubscriptionResult.upToDate(context.clock().instant().plus(Duration.ofDays(1)));
  }

  static class Mute extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
          return Optional.empty();
        }
      };
    }
  }

  static class Welcoming extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
          return Optional.of(WebhookReply.text(200, request.query("challenge").orElse("")));
        }
      };
    }
  }

  static class Final extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
          return super.answerHandshake(request)
              .map(reply -> reply.status() == 401 ? WebhookReply.status(410) : reply);
        }
      };
    }
  }

  static class Stubborn extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      ConcurrentMap<String, WebhookReply> answered = new ConcurrentHashMap<>();
      return new WrappedConnector(sound) {
        @Override
        public Optional<WebhookReply> answerHandshake(WebhookRequest request) {
          String asked = request.externalUrl().toString();
          return super.answerHandshake(request)
              .map(reply -> answered.computeIfAbsent(asked, url -> reply));
        }
      };
    }
  }
}
