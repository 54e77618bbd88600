package io.cloudconnector.host.web;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.WebhookRefusals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
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
    /** One that begins in the future was opened by a clock that has been put back. */
    boolean isOver(Instant now) {
      return !since.plus(WINDOW).isAfter(now) || since.isAfter(now);
    }

    Window oneMore() {
      return new Window(since, more + 1);
    }
  }

  @Override
  public void refused(VendorType vendor, WebhookRequest request, String why) {
    Source source = request instanceof ReceivedWebhook received ? received.source() : UNKNOWN;
    Instant now = clock.instant();
    Counted counted = count(new Key(vendor, source), new Key(vendor, OTHERS), now);
    counted.ended().ifPresent(window -> tell(Map.of(counted.key(), window)));
    if (counted.first()) {
      log.atError()
          .addKeyValue("vendor", vendor)
          .addKeyValue("source", source)
          .log(
              "Webhook refused: {}; more from there are told as a number in {} minutes",
              why,
              WINDOW.toMinutes());
    }
  }

  /**
   * What a refusal came to.
   *
   * @param key under which it is counted
   * @param ended what was counted there before, if its time is over
   */
  private record Counted(Key key, boolean first, Optional<Window> ended) {}

  private synchronized Counted count(Key exact, Key others, Instant now) {
    boolean room = windows.containsKey(exact) || windows.size() < MOST_SOURCES;
    Key key = room ? exact : others;
    Window before = windows.get(key);
    if (before != null && !before.isOver(now)) {
      windows.put(key, before.oneMore());
      return new Counted(key, false, Optional.empty());
    }
    windows.put(key, new Window(now, 0));
    return new Counted(key, true, Optional.ofNullable(before));
  }

  /** Tells of the windows that have ended. */
  public void report() {
    Instant now = clock.instant();
    tell(taken(window -> window.isOver(now)));
  }

  private synchronized Map<Key, Window> taken(Predicate<Window> which) {
    Map<Key, Window> taken = new LinkedHashMap<>(windows);
    taken.values().removeIf(which.negate());
    windows.keySet().removeAll(taken.keySet());
    return taken;
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
    tell(taken(window -> true));
  }
}
