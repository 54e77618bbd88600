package io.cloudconnector.host.containment;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.Metrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Connectors of tests, as the host calls them. */
public final class Contained {
  private Contained() {}

  /** Nobody watches how long it takes. */
  public static ContainedConnector of(VendorType vendor, CloudConnector connector) {
    return ContainedConnector.create(
        () -> connector,
        new Containment(vendor, connector.getClass().getClassLoader(), unwatched(), new Metrics()));
  }

  /** Lets time pass, with a look each second at least. */
  static void pass(Duration duration, AtomicLong time, CallWatch watch) {
    long step = CallWatch.MOST_BETWEEN_LOOKS.toNanos();
    for (long left = duration.toNanos(); left > 0; left -= step) {
      time.addAndGet(Math.min(left, step));
      watch.look();
    }
  }

  /** A watch that never looks. */
  public static CallWatch unwatched() {
    return new CallWatch(System::nanoTime);
  }
}
