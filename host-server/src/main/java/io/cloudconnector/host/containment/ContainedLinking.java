package io.cloudconnector.host.containment;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.LinkAnswer;
import io.cloudconnector.api.LinkRequest;
import io.cloudconnector.api.LinkStep;
import io.cloudconnector.api.Linked;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.Revoked;
import java.util.Set;

record ContainedLinking(Linking linking, Containment containment) implements Linking {
  @Override
  public LinkStep begin(LinkRequest request) {
    return containment.call(
        ConnectorCall.BEGIN, () -> linking.begin(new TimedLinkRequest(request)));
  }

  @Override
  public Linked complete(LinkRequest request, LinkAnswer answer) {
    return containment.call(
        ConnectorCall.COMPLETE, () -> linking.complete(new TimedLinkRequest(request), answer));
  }

  @Override
  public Set<String> accountIds(Connection connection) {
    return containment.call(
        ConnectorCall.ACCOUNT_IDS,
        () -> Set.copyOf(linking.accountIds(new TimedConnection(connection))));
  }

  @Override
  public Refreshed refresh(RefreshRequest request) {
    return containment.call(
        ConnectorCall.REFRESH, () -> linking.refresh(new TimedRefreshRequest(request)));
  }

  /** Not on the caller's thread: it revokes for all vendors. */
  @Override
  public Revoked revoke(Connection connection) {
    return containment.apart(
        ConnectorCall.REVOKE, () -> linking.revoke(new TimedConnection(connection)));
  }
}
