package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The contract is worth something only if a connector with a fault does not keep it. */
class BrokenConnectorsTest {
  @Test
  void theContractFindsASignatureThatIsNotChecked() {
    assertThat(BrokenContract.failures(Gullible.class))
        .contains(
            "rejectsAWebhookSignedWithAnotherSecret",
            "rejectsABodyChangedByOneByte",
            "rejectsAWebhookThatLacksAnyHeaderOfItsProof",
            "storesNothingOfAForgedWebhook");
  }

  @Test
  void theContractFindsEventsThatAreMadeUp() {
    assertThat(BrokenContract.failures(Dreaming.class))
        .contains(
            "refusesABodyThatIsNotJson",
            "refusesABodyThatLacksARequiredFieldAndNamesIt",
            "refusesARequiredFieldOfAWrongTypeAndNamesIt",
            "refusesIdsThatAreNoSafePathSegment",
            "keepsASignedWebhookThatCannotBeRead");
  }

  @Test
  void theContractFindsNoticesThatAreTakenForOne() {
    assertThat(BrokenContract.failures(Confusing.class))
        .containsExactly("givesDifferentNoticesDifferentDedupeKeys");
  }

  @Test
  void theContractFindsDocumentsThatAreRewritten() {
    assertThat(BrokenContract.failures(Rewriting.class))
        .contains("fetchesTheVendorsBytesUntouched");
  }

  @Test
  void theContractFindsFailuresThatAreSwallowed() {
    assertThat(BrokenContract.failures(Swallowing.class))
        .contains(
            "obeysRetryAfterOfA429",
            "tellsA429WithoutRetryAfter",
            "givesUpAfterASecond401",
            "doesNotRenewAfterA403",
            "tellsOther4xx",
            "tells5xx",
            "takesNoPageOfAProxyForADocument",
            "tellsWhenTheGrantIsDead");
  }

  @Test
  void theContractFindsAnEmptyListThatIsTakenForADeletion() {
    Map<String, String> words = BrokenContract.words(Mourning.class);

    assertThat(words).containsKeys("fetchesTheVendorsBytesUntouched", "takesA404AsGone");
    assertThat(words.get("takesA404AsGone")).contains("FetchResult.found(List.of())");
  }

  @Test
  void theContractFindsAnEmptyListThatIsTakenForAFault() {
    assertThat(BrokenContract.failures(Startled.class))
        .contains("fetchesTheVendorsBytesUntouched", "takesA404AsGone");
  }

  @Test
  void theContractTakesTheAuthorsWordThat404MeansNothing() {
    assertThat(BrokenContract.failures(Calm.class)).isEmpty();
  }

  @Test
  void theContractFindsHealthyLinksThatAreGivenUp() {
    assertThat(BrokenContract.failures(Despairing.class))
        .containsExactly("takesNoFailureOfTheVendorForADeadGrant");
  }

  @Test
  void theContractFindsTokensThatAreTold() {
    assertThat(BrokenContract.failures(Chattering.class)).contains("tells5xx");
  }

  /** Hello with a fault. Not found by itself: its name does not end in Test. */
  abstract static class Broken extends HelloContractTest {
    abstract CloudConnector spoil(CloudConnector sound, ConnectorContext context);

    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(super.factory(), this::spoil);
    }
  }

  static class Gullible extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public boolean verifyWebhook(WebhookRequest request) {
          return true;
        }
      };
    }
  }

  static class Confusing extends Broken {
    @Override
    public List<EventSample> events() {
      return List.of(
          super.events().getFirst(),
          EventSample.of("{\"person\":\"p1\",\"day\":\"2026-01-13\"}")
              .tells("p1", Resource.one("steps", "2026-01-13")));
    }

    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public List<WebhookEvent> parseEvents(WebhookRequest request) {
          return super.parseEvents(request).stream()
              .map(event -> event.dedupeKey("hello"))
              .toList();
        }
      };
    }
  }

  static class Dreaming extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public List<WebhookEvent> parseEvents(WebhookRequest request) {
          return List.of(WebhookEvent.changed("p1", Resource.one("steps", "2026-01-14")));
        }
      };
    }
  }

  static class Rewriting extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public FetchResult fetchData(Connection connection, Resource resource) {
          byte[] compact = "{\"steps\":8000.1}".getBytes(StandardCharsets.UTF_8);
          super.fetchData(connection, resource);
          return FetchResult.found(VendorData.json(resource, compact));
        }
      };
    }
  }

  static class Swallowing extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public FetchResult fetchData(Connection connection, Resource resource) {
          try {
            return super.fetchData(connection, resource);
          } catch (RuntimeException e) {
            return FetchResult.gone();
          }
        }
      };
    }
  }

  /** The vendor says 404 where the list of today is empty; Hello takes it for a deletion. */
  static class Mourning extends HelloContractTest {
    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(super.factory(), (sound, context) -> sound);
    }

    @Override
    public List<ResourceSample> resources() {
      List<ResourceSample> samples = new ArrayList<>(super.resources());
      samples.add(
          ResourceSample.nothing(
              Resource.all("steps"),
              new Exchange("base", "GET", "/v1/steps/today", StubReply.status(404))));
      return samples;
    }
  }

  /** And this one for a fault. */
  static class Startled extends Mourning {
    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(
          super.factory(),
          (sound, context) ->
              whereNothingIs(
                  sound,
                  () -> {
                    throw new VendorApiException("Hello answered 404", 404);
                  }));
    }
  }

  /** And this one knows what it means. */
  static class Calm extends Mourning {
    @Override
    public ConnectorFactory factory() {
      return BrokenContract.factory(
          super.factory(),
          (sound, context) -> whereNothingIs(sound, () -> FetchResult.found(List.of())));
    }
  }

  private static CloudConnector whereNothingIs(CloudConnector sound, Supplier<FetchResult> found) {
    return new WrappedConnector(sound) {
      @Override
      public FetchResult fetchData(Connection connection, Resource resource) {
        FetchResult result = super.fetchData(connection, resource);
        return result instanceof FetchResult.Gone && resource.id().isEmpty() ? found.get() : result;
      }
    };
  }

  static class Despairing extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public Linking linking() {
          return new Hopeless(super.linking());
        }
      };
    }
  }

  static class Chattering extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new WrappedConnector(sound) {
        @Override
        public FetchResult fetchData(Connection connection, Resource resource) {
          try {
            return super.fetchData(connection, resource);
          } catch (VendorApiException e) {
            Credentials credentials = connection.credentials();
            throw new VendorApiException(
                "with " + credentials.accessToken().reveal(), e.statusCode(), e);
          }
        }
      };
    }
  }

  private record Hopeless(Linking sound) implements Linking {
    @Override
    public LinkStep begin(LinkRequest request) {
      return sound.begin(request);
    }

    @Override
    public Linked complete(LinkRequest request, LinkAnswer answer) {
      return sound.complete(request, answer);
    }

    @Override
    public Refreshed refresh(RefreshRequest request) {
      try {
        return sound.refresh(request);
      } catch (RuntimeException e) {
        return Refreshed.dead("it_failed");
      }
    }
  }
}
