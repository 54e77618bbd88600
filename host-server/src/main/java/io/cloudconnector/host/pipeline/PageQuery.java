package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.HistoryQuery;
import io.cloudconnector.host.store.HistoryPlace;
import java.time.Instant;
import java.util.Optional;

/** A question for one page. */
public record PageQuery(String resourceType, Instant from, Instant to, Optional<String> cursor)
    implements HistoryQuery {
  public static PageQuery of(String resourceType, HistoryPlace place) {
    return new PageQuery(
        resourceType, place.from(), place.to(), Optional.ofNullable(place.cursor()));
  }
}
