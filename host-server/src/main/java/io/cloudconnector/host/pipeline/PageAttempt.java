package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.host.history.HistoryTypes;
import io.cloudconnector.host.history.Slices;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.HistoryPlace;
import io.cloudconnector.host.store.HistoryWalk;
import io.cloudconnector.host.store.InboxRow;
import io.cloudconnector.host.store.StoredConnection;
import io.cloudconnector.host.store.WalkStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Fetches the next page of a walk, and changes nothing itself. Thread-safe. */
final class PageAttempt {
  /** No vendor has so much of one person in one slice; a list that never ends has. */
  static final int MOST_PAGES = 1_000;

  private final WalkStore walks;
  private final Fetcher fetcher;
  private final InstantSource clock;

  PageAttempt(Database database, Fetcher fetcher, InstantSource clock) {
    this.walks = new WalkStore(database);
    this.fetcher = fetcher;
    this.clock = clock;
  }

  /** Throws what the connector throws. */
  Outcome at(InboxRow row, RunningConnector connector, StoredConnection connection) {
    Optional<HistoryWalk> found = walks.find(row.id());
    if (found.isEmpty()) {
      return new Outcome.Drop("nothing is left of what it was part of");
    }
    HistoryWalk walk = found.get();
    Optional<ResourceType> type = HistoryTypes.find(connector, walk.resourceType());
    if (type.isEmpty()) {
      return new Outcome.Bury("the connector lists no " + walk.resourceType(), false);
    }
    if (!HistoryTypes.isGranted(type.get(), connection)) {
      return new Outcome.Bury("the person has not granted " + type.get().scopes(), false);
    }
    Instant askedAt = clock.instant();
    HistoryPage page =
        fetcher.page(
            connector,
            connection,
            PageQuery.of(walk.resourceType(), walk.place()),
            row.entry().lane());
    return new Outcome.Page(
        connection.generation(),
        walk,
        askedAt,
        documents(row, walk, page),
        connector.descriptor().webhooks().isPresent() && type.get().hasWebhooks(),
        next(walk, type.get(), page));
  }

  private List<PageDocument> documents(InboxRow row, HistoryWalk walk, HistoryPage page) {
    ResourceEvents events = new ResourceEvents(row, walk.userId(), clock.instant());
    return page.records().stream().map(document -> document(events, walk, document)).toList();
  }

  private static PageDocument document(
      ResourceEvents events, HistoryWalk walk, VendorData document) {
    Bytes content = ContentHash.of(document.mediaType(), document.bytes());
    return new PageDocument(events.listed(walk.counts().pages(), document, content), content);
  }

  private static Optional<HistoryPlace> next(
      HistoryWalk walk, ResourceType type, HistoryPage page) {
    HistoryPlace place = walk.place();
    if (page.cursor().isEmpty()) {
      return Slices.before(place, type, walk.from());
    }
    if (place.pages() + 1 >= MOST_PAGES) {
      throw new BadPageException(
          "the list of %s does not end after %d pages".formatted(type.name(), MOST_PAGES));
    }
    return page.cursor().map(place::next);
  }
}
