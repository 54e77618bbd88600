package io.cloudconnector.host.history;

import io.cloudconnector.host.store.BackfillRow;
import io.cloudconnector.host.store.WalkState;
import io.cloudconnector.host.store.WalkStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a backfill fares.
 *
 * @param walks one for each type, by type
 */
public record BackfillStatus(BackfillRow backfill, List<WalkStatus> walks) {
  public BackfillStatus {
    walks = List.copyOf(walks);
  }

  /** Running while any of its types is; then as the worst of them ended. */
  public WalkState state() {
    Set<WalkState> all =
        walks.stream()
            .map(WalkStatus::state)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(WalkState.class)));
    if (all.equals(EnumSet.of(WalkState.WAITING))) {
      return WalkState.WAITING;
    }
    if (isUnfinished()) {
      return WalkState.RUNNING;
    }
    return all.contains(WalkState.FAILED)
        ? WalkState.FAILED
        : all.contains(WalkState.ENDED) ? WalkState.ENDED : WalkState.DONE;
  }

  boolean isUnfinished() {
    return walks.stream()
        .map(WalkStatus::state)
        .anyMatch(state -> state == WalkState.WAITING || state == WalkState.RUNNING);
  }

  Set<String> types() {
    return walks.stream().map(one -> one.walk().resourceType()).collect(Collectors.toSet());
  }
}
