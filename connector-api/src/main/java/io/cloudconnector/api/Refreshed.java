package io.cloudconnector.api;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a refresh. Made by connectors, read by the host alone. Anything unclear (a proxy's
 * 403, a 5xx, a timeout, a garbled answer) is an exception instead, and means later, never dead.
 */
public sealed interface Refreshed {
  /** New credentials, or the same with a later end. */
  static Refreshed renewed(Credentials credentials) {
    return new Renewed(credentials, Optional.empty());
  }

  /** New credentials, and what they now allow. */
  static Refreshed renewed(Credentials credentials, Collection<String> granted) {
    return new Renewed(credentials, Optional.of(Set.copyOf(granted)));
  }

  /**
   * The vendor itself proved that this grant is no more, such as by {@code invalid_grant} (RFC 6749
   * 5.2). The person has to link again.
   *
   * @param reason the vendor's error code, without its free text
   */
  static Refreshed dead(String reason) {
    return new Dead(reason);
  }

  /** The grant lives. */
  final class Renewed implements Refreshed {
    private final Credentials credentials;
    private final Optional<Set<String>> granted;

    private Renewed(Credentials credentials, Optional<Set<String>> granted) {
      this.credentials = credentials;
      this.granted = granted;
    }

    public Credentials credentials() {
      return credentials;
    }

    public Optional<Set<String>> granted() {
      return granted;
    }
  }

  /** The grant is dead. */
  final class Dead implements Refreshed {
    private final String reason;

    private Dead(String reason) {
      this.reason = reason;
    }

    public String reason() {
      return reason;
    }
  }
}
