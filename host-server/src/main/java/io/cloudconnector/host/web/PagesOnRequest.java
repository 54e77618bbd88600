package io.cloudconnector.host.web;

import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.host.history.HistoryTypes;
import io.cloudconnector.host.history.Slices;
import io.cloudconnector.host.pipeline.Fetcher;
import io.cloudconnector.host.pipeline.PageQuery;
import io.cloudconnector.host.plugin.RunningConnector;
import io.cloudconnector.host.store.HistoryPlace;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.StoredConnection;
import java.time.InstantSource;
import java.util.Optional;

/** One page of history for a caller who waits: the newest slice of the span comes first. */
final class PagesOnRequest {
  private final Fetcher fetcher;
  private final VendorFaults faults;
  private final InstantSource clock;

  PagesOnRequest(Fetcher fetcher, VendorFaults faults, InstantSource clock) {
    this.fetcher = fetcher;
    this.faults = faults;
    this.clock = clock;
  }

  Reply page(
      Exchange exchange, RunningConnector connector, StoredConnection connection, String name) {
    ResourceType type =
        HistoryTypes.find(connector, name).orElseThrow(() -> VendorFaults.noHistory(name));
    if (!HistoryTypes.isGranted(type, connection)) {
      throw VendorFaults.relink("the person has not granted " + String.join(", ", type.scopes()));
    }
    HistoryPlace span = Spans.read(exchange::query, clock.instant());
    HistoryPlace place =
        exchange
            .query("cursor")
            .map(cursor -> PageCursor.read(cursor, span))
            .orElseGet(() -> Slices.newest(type, span.from(), span.to()));
    HistoryPage page =
        faults.told(
            connection,
            () -> fetcher.page(connector, connection, PageQuery.of(name, place), Lane.LIVE));
    Optional<HistoryPlace> next =
        page.cursor().map(place::next).or(() -> Slices.before(place, type, span.from()));
    String rest =
        ",\"next\":" + next.map(PageCursor::write).map(text -> '"' + text + '"').orElse("null");
    return Reply.bytes(200, VendorData.JSON, RecordsJson.of(page.records(), rest));
  }
}
