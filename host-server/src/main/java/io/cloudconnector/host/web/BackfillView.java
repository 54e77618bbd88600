package io.cloudconnector.host.web;

import io.cloudconnector.host.history.BackfillStatus;
import io.cloudconnector.host.store.BackfillRow;
import io.cloudconnector.host.store.HistoryWalk;
import io.cloudconnector.host.store.WalkState;
import io.cloudconnector.host.store.WalkStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a backfill is shown. */
final class BackfillView {
  private BackfillView() {}

  static Map<String, @Nullable Object> of(BackfillStatus status) {
    BackfillRow backfill = status.backfill();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", backfill.id());
    view.put("reason", backfill.reason());
    view.put("from", backfill.from().toString());
    view.put("to", backfill.to().toString());
    view.put("createdAt", backfill.createdAt().toString());
    view.put("state", word(status.state()));
    view.put("resourceTypes", status.walks().stream().map(BackfillView::of).toList());
    return view;
  }

  private static Map<String, @Nullable Object> of(WalkStatus status) {
    HistoryWalk walk = status.walk();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("resourceType", walk.resourceType());
    view.put("state", word(status.state()));
    view.put("from", walk.from().toString());
    view.put("to", walk.to().toString());
    view.put(
        "doneBackTo",
        (status.state() == WalkState.DONE ? walk.from() : walk.place().to()).toString());
    view.put("pages", walk.counts().pages());
    view.put("documents", walk.counts().documents());
    view.put("emitted", walk.counts().emitted());
    view.put("unchanged", walk.counts().unchanged());
    view.put("why", status.why());
    view.put("deadLetter", status.state() == WalkState.FAILED ? Long.toString(walk.rowId()) : null);
    view.put("doneAt", Values.time(status.doneAt()));
    return view;
  }

  private static String word(WalkState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
