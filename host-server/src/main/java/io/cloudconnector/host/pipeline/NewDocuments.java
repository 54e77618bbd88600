package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DocumentMark;
import io.cloudconnector.host.store.DocumentStore;
import io.cloudconnector.host.store.HistoryCounts;
import io.cloudconnector.host.store.HistoryWalk;
import io.cloudconnector.host.store.HostClocks;
import io.cloudconnector.host.store.NewEvent;
import io.cloudconnector.host.store.PageRows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a page what the operator does not have. A document is left out when it is the one that
 * was given last; when another was given after the page had been asked for, which is then the newer
 * one; and when live work waits that will bring it.
 */
final class NewDocuments {
  private final PageRows rows;
  private final DocumentStore documents;
  private final Duration doubt;

  NewDocuments(Database database) {
    this.rows = new PageRows(database);
    this.documents = new DocumentStore(database);
    this.doubt = database.dialect().isShared() ? HostClocks.SKEW : Duration.ZERO;
  }

  /** What a page brings. */
  record Found(List<PageDocument> documents, HistoryCounts counts) {}

  /** Holds the documents, so that live work on another host comes before or after. */
  Found in(Handle tx, Outcome.Page page, Instant now) {
    HistoryWalk walk = page.walk();
    Set<String> subjects =
        page.documents().stream().map(each -> each.event().subject()).collect(Collectors.toSet());
    Map<String, DocumentMark> known =
        new HashMap<>(documents.hold(tx, walk.vendor(), walk.userId(), subjects));
    Set<String> awaited = rows.awaited(tx, walk.vendor(), walk.userId(), walk.resourceType());
    List<PageDocument> fresh = new ArrayList<>();
    long unchanged = 0;
    for (PageDocument document : page.documents()) {
      DocumentMark mark = known.get(document.event().subject());
      if (mark != null && document.content().equals(mark.content())) {
        unchanged++;
      } else if (!isAwaited(document, awaited) && !isNewer(mark, page.askedAt(), now)) {
        fresh.add(document);
        known.put(
            document.event().subject(),
            mark(document, mark == null ? Instant.EPOCH : mark.loggedAt()));
      }
    }
    return new Found(fresh, new HistoryCounts(1, page.documents().size(), fresh.size(), unchanged));
  }

  static DocumentMark mark(PageDocument document, Instant at) {
    NewEvent event = document.event();
    return new DocumentMark(
        event.vendor(), event.userId(), event.subject(), document.content(), at);
  }

  private static boolean isAwaited(PageDocument document, Set<String> awaited) {
    String id = document.event().resourceId();
    return id != null && awaited.contains(id);
  }

  /** What is dated beyond all doubt in the future comes from a clock that was put back since. */
  private boolean isNewer(@Nullable DocumentMark mark, Instant askedAt, Instant now) {
    return mark != null
        && !mark.loggedAt().isBefore(askedAt.truncatedTo(ChronoUnit.MILLIS).minus(doubt))
        && !mark.loggedAt().isAfter(now.plus(HostClocks.SKEW));
  }
}
