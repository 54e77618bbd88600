package io.cloudconnector.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract that is expected to fail. */
final class BrokenContract implements TestExecutionListener {
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  private BrokenContract() {}

  /** The names of the tests that fail, or of which a part fails. */
  static Set<String> failures(Class<?> contract) {
    return words(contract).keySet();
  }

  /** What each of these tests, or its part that fails first, tells the connector's author. */
  static Map<String, String> words(Class<?> contract) {
    BrokenContract listener = new BrokenContract();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
            listener);
    // A factory that is made here stands in no service file, whatever its fault.
    listener.failures.remove("factoryIsFoundByItsServiceFile");
    return listener.failures;
  }

  /** A factory of connectors with a fault. */
  static ConnectorFactory factory(
      ConnectorFactory sound, BiFunction<CloudConnector, ConnectorContext, CloudConnector> spoil) {
    return new ConnectorFactory() {
      @Override
      public Descriptor descriptor() {
        return sound.descriptor();
      }

      @Override
      public CloudConnector create(ConnectorContext context) {
        return spoil.apply(sound.create(context), context);
      }
    };
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      failures.putIfAbsent(
          method(test.getUniqueId()), result.getThrowable().map(Throwable::toString).orElse(""));
    }
  }

  private static String method(String uniqueId) {
    return List.of(uniqueId.split("/")).stream()
        .filter(part -> part.endsWith("()]"))
        .map(part -> part.substring(part.indexOf(':') + 1, part.indexOf('(')))
        .collect(Collectors.joining());
  }
}
