package io.cloudconnector.host.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where in a span a walk is: which slice of it, and which page of that.
 *
 * @param from start of the slice, inclusive
 * @param to end of the slice, exclusive
 * @param cursor the vendor's for the next page; null for the first of the slice
 * @param pages how many of the slice were had
 */
public record HistoryPlace(Instant from, Instant to, @Nullable String cursor, long pages) {
  /** The first page of a slice. */
  public static HistoryPlace first(Instant from, Instant to) {
    return new HistoryPlace(from, to, null, 0);
  }

  /** The page of this slice that a cursor leads to. */
  public HistoryPlace next(String following) {
    return new HistoryPlace(from, to, following, pages + 1);
  }
}
