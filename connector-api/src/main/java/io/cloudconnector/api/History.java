package io.cloudconnector.api;

/**
 * The optional role of giving what happened before, page by page, for all types but those {@link
 * ResourceType#withoutHistory}. A type of which there is one document, such as a profile, gives it
 * whatever the span. Thread-safe.
 */
public interface History {
  /**
   * One page: the documents of the type that touch the span, each with the id that a live notice
   * gives it, and none half. Pages may repeat or overlap; the host drops what it has already seen.
   *
   * @throws ConnectorException as {@link CloudConnector#fetchData}
   */
  HistoryPage page(Connection connection, HistoryQuery query);
}
