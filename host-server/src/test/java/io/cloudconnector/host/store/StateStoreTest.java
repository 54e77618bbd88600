package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateStoreTest extends StoreTest {
  private StateStore store;

  @BeforeEach
  void make() {
    store = new StateStore(database);
  }

  @Test
  void hasNothingAtFirst() {
    assertThat(store.read(ACME, "secret")).isEmpty();
    assertThat(store.remove(ACME, "secret")).isFalse();
  }

  @Test
  void keepsTheFirstOfTwoWhoWriteIfAbsent() {
    assertThat(store.writeIfAbsent(ACME, "secret", bytes("one"), NOW)).isTrue();
    assertThat(store.writeIfAbsent(ACME, "secret", bytes("two"), NOW)).isFalse();
    assertThat(store.read(ACME, "secret")).contains(bytes("one"));
  }

  @Test
  void overwrites() {
    store.write(ACME, "secret", bytes("one"), NOW);
    store.write(ACME, "secret", bytes("two"), NOW);
    assertThat(store.read(ACME, "secret")).contains(bytes("two"));
  }

  @Test
  void keepsVendorsApart() {
    store.write(ACME, "secret", bytes("one"), NOW);
    assertThat(store.read(OTHER, "secret")).isEmpty();
    assertThat(store.remove(OTHER, "secret")).isFalse();
    assertThat(store.remove(ACME, "secret")).isTrue();
    assertThat(store.read(ACME, "secret")).isEmpty();
  }
}
