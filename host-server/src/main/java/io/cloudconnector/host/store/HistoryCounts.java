package io.cloudconnector.host.store;

/**
 * What pages brought.
 *
 * @param pages how many there were
 * @param documents in them, each time that one came
 * @param emitted those of them that became events
 * @param unchanged those that the operator has just so; what is in neither was left to live work,
 *     which has or will have it newer
 */
public record HistoryCounts(long pages, long documents, long emitted, long unchanged) {
  public static final HistoryCounts NONE = new HistoryCounts(0, 0, 0, 0);

  public HistoryCounts plus(HistoryCounts more) {
    return new HistoryCounts(
        pages + more.pages,
        documents + more.documents,
        emitted + more.emitted,
        unchanged + more.unchanged);
  }
}
