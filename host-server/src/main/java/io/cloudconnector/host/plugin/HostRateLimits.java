package io.cloudconnector.host.plugin;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.LimitStatus;
import io.cloudconnector.api.RateLimits;
import io.cloudconnector.host.limit.VendorLimits;
import java.util.List;

/** A look at the limits, as connectors may have it. */
record HostRateLimits(VendorLimits limits) implements RateLimits {
  @Override
  public boolean allows(Connection connection, int calls) {
    return limits.allows(connection.userId(), calls);
  }

  @Override
  public List<LimitStatus> status(Connection connection) {
    return limits.status(connection.userId());
  }
}
