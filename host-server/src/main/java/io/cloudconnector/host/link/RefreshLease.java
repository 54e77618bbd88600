package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.host.store.RefreshDoubt;
import io.cloudconnector.host.store.StoredConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The right to refresh one grant, of which there is one over all hosts, and what was found when it
 * was taken.
 *
 * @param holder different for each refresh
 * @param stored the connection as it was then
 * @param credentials of that connection
 * @param kept what the vendor answered to somebody who died before it was judged
 * @param failures of the refreshes before this one, in a row
 * @param doubt why the vendor may know other tokens than these
 * @param trial whether it decides about all links of a vendor whose refreshes are stopped
 */
record RefreshLease(
    Grant grant,
    String holder,
    StoredConnection stored,
    Credentials credentials,
    List<KeptReply> kept,
    int failures,
    @Nullable RefreshDoubt doubt,
    boolean trial) {
  RefreshLease {
    kept = List.copyOf(kept);
  }
}
