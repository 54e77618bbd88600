package io.cloudconnector.host.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A walk as it is shown.
 *
 * @param why what stood in the way last; null while all is well
 * @param doneAt null until it is
 */
public record WalkStatus(
    HistoryWalk walk, WalkState state, @Nullable String why, @Nullable Instant doneAt) {}
