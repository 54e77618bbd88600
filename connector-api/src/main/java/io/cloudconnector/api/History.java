package io.cloudconnector.api;

/** The optional role of giving what happened before, page by page. Thread-safe. */
public interface History {
  /**
   * One page. Pages may repeat or overlap; the host drops what it has already seen.
   *
   * @throws ConnectorException as {@link CloudConnector#fetchData}
   */
  HistoryPage page(Connection connection, HistoryQuery query);
}
