package io.cloudconnector.api;

/**
 * The optional role of giving what happened before, page by page, for all types but those {@link
 * ResourceType#withoutHistory}. A type of which there is one document, such as a profile, gives it
 * whatever the span. Thread-safe.
 */
public interface History {
  /**
   * One page: the documents of the type that touch the span, each with the id that a live notice
   * gives it. No page of which a part could not be read. Pages may repeat or overlap; the host
   * drops what it has already seen.
   *
   * <p>A list that answers 404 and a cursor that the vendor has forgotten are failures of the
   * vendor and not the end: told as the end, what follows would be missing for ever. Only where the
   * vendor is known to say 404 for a span without documents, that is a last page without any.
   *
   * @throws ConnectorException as {@link CloudConnector#fetchData}
   * @throws IllegalArgumentException when the type cannot be listed, named in the message
   */
  HistoryPage page(Connection connection, HistoryQuery query);
}
