package io.cloudconnector.testkit;

import io.cloudconnector.api.Resource;
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
  private final boolean whateverTheSpan;

  /** One page, and the calls for it. */
  record Page(List<Exchange> exchanges, List<VendorData> records) {}

  private HistorySample(
      String resourceType, Instant from, Instant to, List<Page> pages, boolean whateverTheSpan) {
    this.resourceType = resourceType;
    this.from = from;
    this.to = to;
    this.pages = List.copyOf(pages);
    this.whateverTheSpan = whateverTheSpan;
  }

  /**
   * A span without pages so far.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public static HistorySample of(String resourceType, Instant from, Instant to) {
    return new HistorySample(resourceType, from, to, List.of(), false);
  }

  /** And one more page, which one call brings. */
  public HistorySample page(Exchange exchange, VendorData... records) {
    return page(List.of(exchange), records);
  }

  /**
   * And one more page. A sample whose only page has no records shows what the vendor answers where
   * there is nothing, be it a list without rows or a 404. Rows that the vendor gives although they
   * are outside of the span are no records.
   *
   * @param exchanges the calls for it, in their order
   * @param records all that is on it, in its order, each with the id that live notices give it
   */
  public HistorySample page(List<Exchange> exchanges, VendorData... records) {
    List<Page> more = new ArrayList<>(pages);
    more.add(new Page(List.copyOf(exchanges), List.of(records)));
    return new HistorySample(resourceType, from, to, more, whateverTheSpan);
  }

  /**
   * The vendor lists these documents by no time and they tell none, so that all of them are given
   * whatever span is asked for.
   */
  public HistorySample whateverTheSpan() {
    return new HistorySample(resourceType, from, to, pages, true);
  }

  /** The same calls and answers, but only the first second of the span is asked for. */
  HistorySample firstSecond() {
    return new HistorySample(resourceType, from, from.plusSeconds(1), pages, whateverTheSpan);
  }

  /** The same calls and answers, but only the last second of the span is asked for. */
  HistorySample lastSecond() {
    return new HistorySample(resourceType, to.minusSeconds(1), to, pages, whateverTheSpan);
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

  /** Whether documents come and go with the span: not where there is but one. */
  boolean isOfASpan() {
    return !whateverTheSpan && isListed();
  }

  /** Whether there are many documents in a list, and not one in its place. */
  boolean isListed() {
    Resource only = Resource.all(resourceType);
    return records().stream().noneMatch(record -> record.resource().equals(only));
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
