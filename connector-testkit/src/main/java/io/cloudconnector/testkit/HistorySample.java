package io.cloudconnector.testkit;

import io.cloudconnector.api.VendorData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A span of a type's history, the calls that page through it, and what must come out. Immutable;
 * withers return copies.
 */
public final class HistorySample {
  private final String resourceType;
  private final Instant from;
  private final Instant to;
  private final List<Page> pages;

  /** One page, and the calls for it. */
  record Page(List<Exchange> exchanges, List<VendorData> records) {}

  private HistorySample(String resourceType, Instant from, Instant to, List<Page> pages) {
    this.resourceType = resourceType;
    this.from = from;
    this.to = to;
    this.pages = List.copyOf(pages);
  }

  /**
   * A span without pages so far.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public static HistorySample of(String resourceType, Instant from, Instant to) {
    return new HistorySample(resourceType, from, to, List.of());
  }

  /** And one more page, which one call brings. */
  public HistorySample page(Exchange exchange, VendorData... records) {
    return page(List.of(exchange), records);
  }

  /**
   * And one more page.
   *
   * @param exchanges the calls for it, in their order
   * @param records all that is on it, in its order, each with the id that live notices give it
   */
  public HistorySample page(List<Exchange> exchanges, VendorData... records) {
    List<Page> more = new ArrayList<>(pages);
    more.add(new Page(List.copyOf(exchanges), List.of(records)));
    return new HistorySample(resourceType, from, to, more);
  }

  /** The question for the first page. */
  FakeHistoryQuery query() {
    return FakeHistoryQuery.of(resourceType, from, to);
  }

  String resourceType() {
    return resourceType;
  }

  List<Page> pages() {
    return pages;
  }

  /** The calls for the pages from this one on, counted from 0. */
  List<Exchange> exchangesFrom(int page) {
    return pages.stream().skip(page).flatMap(each -> each.exchanges().stream()).toList();
  }

  /** Everything on all pages. */
  List<VendorData> records() {
    return pages.stream().flatMap(page -> page.records().stream()).toList();
  }

  @Override
  public String toString() {
    return "history of " + resourceType + " from " + from;
  }
}
