package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts notices of resource types that a connector does not describe: the vendor has something
 * new, which goes its way all the same. Each is told at most once an hour. Thread-safe.
 */
public final class UnknownTypes {
  private static final Logger log = LoggerFactory.getLogger(UnknownTypes.class);
  private static final Duration PAUSE = Duration.ofHours(1);

  /** The names come from outside; beyond so many they are only counted. */
  private static final int MOST = 100;

  private final Metrics metrics;
  private final InstantSource clock;
  private final Map<Key, Instant> told = new HashMap<>();

  public UnknownTypes(Metrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  private record Key(VendorType vendor, String type) {}

  /** Looks at one notice that is stored. */
  void seen(Descriptor connector, String type) {
    if (connector.resources().containsKey(type)) {
      return;
    }
    metrics.unknownType(connector.vendor());
    if (isToBeTold(new Key(connector.vendor(), type))) {
      log.atInfo()
          .addKeyValue("vendor", connector.vendor())
          .log(
              "The vendor tells of '{}', a type that the connector does not describe: it is passed"
                  + " on as it came. A newer connector may know it",
              type);
    }
  }

  private synchronized boolean isToBeTold(Key key) {
    Instant now = clock.instant();
    // One from the future was told by a clock that has been put back.
    told.values().removeIf(at -> !at.plus(PAUSE).isAfter(now) || at.isAfter(now));
    return (told.size() < MOST || told.containsKey(key)) && told.putIfAbsent(key, now) == null;
  }
}
