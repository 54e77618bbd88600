package io.cloudconnector.api;

import java.net.URI;
import java.util.Optional;

/** What came of a revocation. Made by connectors, read by the host alone. */
public sealed interface Revoked {
  /** The vendor ended the grant, or had ended it before. */
  static Revoked done() {
    return new Done();
  }

  /** The vendor offers no way; nothing more is tried. */
  static Revoked notSupported() {
    return new NotSupported(Optional.empty());
  }

  /** Like {@link #notSupported()}, and where the person can do it. */
  static Revoked notSupported(URI page) {
    return new NotSupported(Optional.of(page));
  }

  /** The grant is ended. */
  final class Done implements Revoked {
    private Done() {}
  }

  /** The vendor knows no revocation. */
  final class NotSupported implements Revoked {
    private final Optional<URI> page;

    private NotSupported(Optional<URI> page) {
      this.page = page;
    }

    public Optional<URI> page() {
      return page;
    }
  }
}
