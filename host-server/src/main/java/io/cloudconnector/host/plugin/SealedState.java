package io.cloudconnector.host.plugin;

import io.cloudconnector.api.ConnectorState;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.SealedFor;
import io.cloudconnector.host.store.StateStore;
import io.cloudconnector.host.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** One connector's own small store, sealed, in the database that all hosts share. */
final class SealedState implements ConnectorState {
  private static final int NAME_MAX = 128;
  private static final int VALUE_MAX = 64 * 1024;

  private final VendorType vendor;
  private final StateStore store;
  private final Vault vault;
  private final InstantSource clock;

  SealedState(VendorType vendor, StateStore store, Vault vault, InstantSource clock) {
    this.vendor = vendor;
    this.store = store;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public Optional<Secret> read(String name) {
    return store
        .read(vendor, checked(name))
        .map(value -> vault.open(value.toArray(), identity(name)))
        .map(plain -> Secret.of(new String(plain, StandardCharsets.UTF_8)));
  }

  @Override
  public void write(String name, Secret value) {
    store.write(vendor, checked(name), seal(name, value), clock.instant());
  }

  @Override
  public boolean writeIfAbsent(String name, Secret value) {
    return store.writeIfAbsent(vendor, checked(name), seal(name, value), clock.instant());
  }

  @Override
  public void remove(String name) {
    store.remove(vendor, checked(name));
  }

  private Bytes seal(String name, Secret value) {
    byte[] plain = value.reveal().getBytes(StandardCharsets.UTF_8);
    if (plain.length > VALUE_MAX) {
      throw new IllegalArgumentException("a connector's state value has at most 64 KiB");
    }
    return Bytes.of(vault.seal(plain, identity(name)));
  }

  private static String checked(String name) {
    if (name.isEmpty() || name.length() > NAME_MAX || name.chars().anyMatch(SealedState::isUnfit)) {
      throw new IllegalArgumentException(
          "a connector's state name has 1 to 128 characters, none of them a control character");
    }
    return name;
  }

  /** Databases refuse some, and one that refuses would look like one that fails. */
  private static boolean isUnfit(int letter) {
    return Character.isISOControl(letter) || Character.isSurrogate((char) letter);
  }

  private String identity(String name) {
    return SealedFor.state(vendor.name(), name);
  }
}
