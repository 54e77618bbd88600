package io.cloudconnector.api;

import java.util.Optional;

/**
 * A small store of a connector's own, for what must be known to all hosts: a handshake's token, ids
 * of subscriptions. Encrypted, written before the call returns, read past any cache. A newer
 * connector reads what an older one wrote. Made by the host; thread-safe.
 */
public interface ConnectorState {
  Optional<Secret> read(String name);

  /**
   * Writes, replacing what was there.
   *
   * @param name 1 to 128 characters, no control characters, none beyond U+FFFF
   * @param value at most 64 KiB of UTF-8
   */
  void write(String name, Secret value);

  /** Writes unless there is a value; returns whether it wrote. Decides a race between hosts. */
  boolean writeIfAbsent(String name, Secret value);

  void remove(String name);
}
