package io.cloudconnector.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a fetch. Made by connectors through the factories, read by the host alone. What went
 * wrong is an exception instead (see {@link CloudConnector#fetchData}).
 */
public sealed interface FetchResult {
  /** One document. */
  static FetchResult found(VendorData document) {
    return new Found(List.of(document));
  }

  /** Several documents, when one vendor answer holds them (a range, a day). May be empty. */
  static FetchResult found(List<VendorData> documents) {
    return new Found(documents);
  }

  /** The vendor says that it does not exist, or not any more. */
  static FetchResult gone() {
    return new Gone();
  }

  /**
   * The vendor knows of it but has nothing to give at this time; the host asks again in its rhythm.
   */
  static FetchResult notYet() {
    return new NotYet(Optional.empty());
  }

  /** Like {@link #notYet()}, and when it makes sense to ask again. */
  static FetchResult notYet(Duration askAgainAfter) {
    return new NotYet(Optional.of(askAgainAfter));
  }

  /** The documents. */
  final class Found implements FetchResult {
    private final List<VendorData> documents;

    private Found(List<VendorData> documents) {
      this.documents = List.copyOf(documents);
    }

    public List<VendorData> documents() {
      return documents;
    }
  }

  /** There is no such document. */
  final class Gone implements FetchResult {
    private Gone() {}
  }

  /** Nothing to give yet. */
  final class NotYet implements FetchResult {
    private final Optional<Duration> askAgainAfter;

    private NotYet(Optional<Duration> askAgainAfter) {
      this.askAgainAfter = askAgainAfter;
    }

    public Optional<Duration> askAgainAfter() {
      return askAgainAfter;
    }
  }
}
