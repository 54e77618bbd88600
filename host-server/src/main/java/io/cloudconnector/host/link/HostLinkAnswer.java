package io.cloudconnector.host.link;

import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.Secret;
import java.util.Map;
import java.util.Optional;

/** What came back; {@code toString} shows the names only, since a code is a secret. */
record HostLinkAnswer(Map<String, String> parameters, Optional<Secret> flowState)
    implements LinkAnswer {
  @Override
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  @Override
  public String toString() {
    return "link answer with " + parameters.keySet();
  }
}
