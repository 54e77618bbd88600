package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
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
import io.cloudconnector.testkit.hello.HelloConnectorFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract is worth something only if a connector with a fault does not keep it. */
class BrokenConnectorsTest {
  @Test
  void theContractFindsASignatureThatIsNotChecked() {
    assertThat(broken(Gullible.class))
        .contains(
            "rejectsAWebhookSignedWithAnotherSecret",
            "rejectsABodyChangedByOneByte",
            "rejectsAWebhookThatLacksAnyHeaderOfItsProof",
            "storesNothingOfAForgedWebhook");
  }

  @Test
  void theContractFindsEventsThatAreMadeUp() {
    assertThat(broken(Dreaming.class))
        .contains(
            "refusesABodyThatIsNotJson",
            "refusesABodyThatLacksARequiredFieldAndNamesIt",
            "refusesARequiredFieldOfAWrongTypeAndNamesIt",
            "refusesIdsThatAreNoSafePathSegment",
            "keepsASignedWebhookThatCannotBeRead");
  }

  @Test
  void theContractFindsDocumentsThatAreRewritten() {
    assertThat(broken(Rewriting.class)).contains("fetchesTheVendorsBytesUntouched");
  }

  @Test
  void theContractFindsFailuresThatAreSwallowed() {
    assertThat(broken(Swallowing.class))
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
  void theContractFindsHealthyLinksThatAreGivenUp() {
    assertThat(broken(Despairing.class)).containsExactly("takesNoFailureOfTheVendorForADeadGrant");
  }

  @Test
  void theContractFindsTokensThatAreTold() {
    assertThat(broken(Chattering.class)).contains("tells5xx");
  }

  /** The names of the tests that fail, or of which a part fails. */
  private static Set<String> broken(Class<?> contract) {
    Failures failures = new Failures();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
            failures);
    // A factory that is made here stands in no service file, whatever its fault.
    failures.names.remove("factoryIsFoundByItsServiceFile");
    return failures.names;
  }

  private static final class Failures implements TestExecutionListener {
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        names.add(method(test.getUniqueId()));
      }
    }

    private static String method(String uniqueId) {
      return List.of(uniqueId.split("/")).stream()
          .filter(part -> part.endsWith("()]"))
          .map(part -> part.substring(part.indexOf(':') + 1, part.indexOf('(')))
          .collect(Collectors.joining());
    }
  }

  /** Hello with a fault. Not found by itself: its name does not end in Test. */
  abstract static class Broken extends HelloContractTest {
    abstract CloudConnector spoil(CloudConnector sound, ConnectorContext context);

    @Override
    public ConnectorFactory factory() {
      HelloConnectorFactory sound = new HelloConnectorFactory();
      return new ConnectorFactory() {
        @Override
        public Descriptor descriptor() {
          return sound.descriptor();
        }

        @Override
        public CloudConnector create(ConnectorContext context) {
          return spoil(sound.create(context), context);
        }
      };
    }
  }

  static class Gullible extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new Wrapped(sound) {
        @Override
        public boolean verifyWebhook(WebhookRequest request) {
          return true;
        }
      };
    }
  }

  static class Dreaming extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new Wrapped(sound) {
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
      return new Wrapped(sound) {
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
      return new Wrapped(sound) {
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

  static class Despairing extends Broken {
    @Override
    CloudConnector spoil(CloudConnector sound, ConnectorContext context) {
      return new Wrapped(sound) {
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
      return new Wrapped(sound) {
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

  private static class Wrapped implements CloudConnector {
    private final CloudConnector sound;

    Wrapped(CloudConnector sound) {
      this.sound = sound;
    }

    @Override
    public Linking linking() {
      return sound.linking();
    }

    @Override
    public FetchResult fetchData(Connection connection, Resource resource) {
      return sound.fetchData(connection, resource);
    }

    @Override
    public boolean verifyWebhook(WebhookRequest request) {
      return sound.verifyWebhook(request);
    }

    @Override
    public List<WebhookEvent> parseEvents(WebhookRequest request) {
      return sound.parseEvents(request);
    }

    @Override
    public List<LimitReading> readLimits(HttpReply reply) {
      return sound.readLimits(reply);
    }
  }
}
