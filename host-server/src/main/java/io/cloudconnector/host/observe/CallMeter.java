package io.cloudconnector.host.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Times the calls of one method of one connector. Thread-safe. */
public final class CallMeter {
  /** How a call ended. */
  public enum Outcome {
    DONE,
    /** By an exception that the contract has for it, such as a limit. */
    REFUSED,
    /** By a fault of the connector's own. */
    FAILED
  }

  private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
  private final MeterRegistry registry;
  private final Tags tags;

  CallMeter(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  public void record(Outcome outcome, long nanos) {
    timers.computeIfAbsent(outcome, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Outcome outcome) {
    return registry.timer(
        Metrics.CONNECTOR_CALLS, tags.and("outcome", outcome.name().toLowerCase(Locale.ROOT)));
  }
}
