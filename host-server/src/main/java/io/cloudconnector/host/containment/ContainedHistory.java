package io.cloudconnector.host.containment;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.History;
import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.HistoryQuery;

record ContainedHistory(History history, Containment containment) implements History {
  @Override
  public HistoryPage page(Connection connection, HistoryQuery query) {
    return containment.call(
        ConnectorCall.PAGE, () -> history.page(new TimedConnection(connection), query));
  }
}
