package io.cloudconnector.host.store;

import java.time.Duration;

/** What is asked of the clocks of hosts on one database. */
public final class HostClocks {
  /** By so much they may differ, and by no more. */
  public static final Duration SKEW = Duration.ofSeconds(30);

  private HostClocks() {}
}
