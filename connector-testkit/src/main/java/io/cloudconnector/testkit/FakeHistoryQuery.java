package io.cloudconnector.testkit;

import io.cloudconnector.api.HistoryQuery;
import java.time.Instant;
import java.util.Optional;

/** A page of history that a test wants. Immutable. */
public final class FakeHistoryQuery implements HistoryQuery {
  private final String resourceType;
  private final Instant from;
  private final Instant to;
  private final Optional<String> cursor;

  private FakeHistoryQuery(String resourceType, Instant from, Instant to, Optional<String> cursor) {
    this.resourceType = resourceType;
    this.from = from;
    this.to = to;
    this.cursor = cursor;
  }

  /**
   * The first page.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public static FakeHistoryQuery of(String resourceType, Instant from, Instant to) {
    return new FakeHistoryQuery(resourceType, from, to, Optional.empty());
  }

  /** The page after the one that gave this cursor. */
  public FakeHistoryQuery after(String cursorText) {
    return new FakeHistoryQuery(resourceType, from, to, Optional.of(cursorText));
  }

  @Override
  public String resourceType() {
    return resourceType;
  }

  @Override
  public Instant from() {
    return from;
  }

  @Override
  public Instant to() {
    return to;
  }

  @Override
  public Optional<String> cursor() {
    return cursor;
  }
}
