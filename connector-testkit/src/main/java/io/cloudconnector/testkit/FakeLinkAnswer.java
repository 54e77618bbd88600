package io.cloudconnector.testkit;

import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.Secret;
import java.util.Map;
import java.util.Optional;

/** What came back from the vendor's consent page, or from a form. Immutable. */
public final class FakeLinkAnswer implements LinkAnswer {
  private final Map<String, String> parameters;
  private final Optional<Secret> flowState;

  private FakeLinkAnswer(Map<String, String> parameters, Optional<Secret> flowState) {
    this.parameters = Map.copyOf(parameters);
    this.flowState = flowState;
  }

  public static FakeLinkAnswer of(Map<String, String> parameters) {
    return new FakeLinkAnswer(parameters, Optional.empty());
  }

  /** A copy with what the connector asked to be kept when linking began. */
  public FakeLinkAnswer flowState(Optional<Secret> kept) {
    return new FakeLinkAnswer(parameters, kept);
  }

  @Override
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  @Override
  public Optional<Secret> flowState() {
    return flowState;
  }
}
