package io.cloudconnector.testkit;

import io.cloudconnector.api.ConnectorState;
import io.cloudconnector.api.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A connector's store in memory. Thread-safe. */
public final class FakeState implements ConnectorState {
  private final Map<String, Secret> values = new ConcurrentHashMap<>();

  @Override
  public Optional<Secret> read(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public void write(String name, Secret value) {
    values.put(name, value);
  }

  @Override
  public boolean writeIfAbsent(String name, Secret value) {
    return values.putIfAbsent(name, value) == null;
  }

  /** The names of what is written now. */
  public Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  @Override
  public void remove(String name) {
    values.remove(name);
  }
}
