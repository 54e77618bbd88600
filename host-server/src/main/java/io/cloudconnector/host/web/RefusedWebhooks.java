package io.cloudconnector.host.web;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.WebhookRefusals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down webhooks that were not verified. Anybody can cause such lines, so the first of a
 * source is told at once and those that follow as one number when its window ends; what comes from
 * more sources than are kept apart is told together. Thread-safe.
 */
public final class RefusedWebhooks implements WebhookRefusals, AutoCloseable {
  static final Duration WINDOW = Duration.ofMinutes(5);
  static final int MOST_SOURCES = 500;
  private static final Logger log = LoggerFactory.getLogger(RefusedWebhooks.class);
  private static final Source UNKNOWN = new Source("unknown");
  private static final Source OTHERS = new Source("others");

  private final InstantSource clock;
  private final Map<Key, Window> windows = new LinkedHashMap<>();

  public RefusedWebhooks(InstantSource clock) {
    this.clock = clock;
  }

  private record Key(VendorType vendor, Source source) {}

  private record Window(Instant since, long more) {
    Window oneMore() {
      return new Window(since, more + 1);
    }
  }

  @Override
  public void refused(VendorType vendor, WebhookRequest request, String why) {
    Source source = request instanceof ReceivedWebhook received ? received.source() : UNKNOWN;
    if (isFirst(vendor, source)) {
      log.atError()
          .addKeyValue("vendor", vendor)
          .addKeyValue("source", source)
          .log(
              "Webhook refused: {}; more from there are told as a number in {} minutes",
              why,
              WINDOW.toMinutes());
    }
  }

  private synchronized boolean isFirst(VendorType vendor, Source source) {
    Key exact = new Key(vendor, source);
    boolean room = windows.containsKey(exact) || windows.size() < MOST_SOURCES;
    Key key = room ? exact : new Key(vendor, OTHERS);
    Window before = windows.get(key);
    Window now = before == null ? new Window(clock.instant(), 0) : before.oneMore();
    windows.put(key, now);
    return before == null;
  }

  /** Tells of the windows that have ended. */
  public void report() {
    Instant now = clock.instant();
    tell(taken(now.minus(WINDOW), now));
  }

  private synchronized Map<Key, Window> taken(Instant begunBefore, Instant now) {
    Map<Key, Window> ended = new LinkedHashMap<>(windows);
    // One that begins in the future was opened by a clock that has been put back.
    ended.values().removeIf(one -> one.since().isAfter(begunBefore) && !one.since().isAfter(now));
    windows.keySet().removeAll(ended.keySet());
    return ended;
  }

  private static void tell(Map<Key, Window> ended) {
    ended.forEach(
        (key, window) -> {
          if (window.more() > 0) {
            log.atError()
                .addKeyValue("vendor", key.vendor())
                .addKeyValue("source", key.source())
                .log(
                    "{} more webhooks were refused from there since {}",
                    window.more(),
                    window.since());
          }
        });
  }

  /** Tells what is left. */
  @Override
  public void close() {
    Instant now = clock.instant();
    tell(taken(now, now));
  }
}
