package io.cloudconnector.host.containment;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the calls into all connectors from a platform thread, which no connector can starve.
 * What runs too long is interrupted; a connector that does not heed that is switched off, since its
 * threads cannot be taken from it. One for a host. Thread-safe.
 */
public final class CallWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CallWatch.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  /** What a look counts at most. */
  static final Duration MOST_BETWEEN_LOOKS = Duration.ofSeconds(1);

  /** No document takes that long; a pattern gone wild does. */
  static final Duration COMPUTING = Duration.ofSeconds(5);

  /** Who could run for so long may be what the others wait for. */
  private static final Duration STUCK = Duration.ofSeconds(2);

  /** What an interrupted call has for ending. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final int FRAMES = 12;

  private final Set<OngoingCall> calls = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("connector-watch").factory());
  private final Carriers carriers = new Carriers();
  private final LongClock clock;
  private long lastLook;
  private final AtomicLong watched = new AtomicLong();

  /** One that looks by itself. */
  public CallWatch() {
    this(System::nanoTime);
    carriers.suitProcessors();
    ScheduledFuture<?> _ =
        looks.scheduleWithFixedDelay(
            this::lookAndGoOn, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One that looks when it is told to. */
  CallWatch(LongClock clock) {
    this.clock = clock;
    this.lastLook = clock.nanos();
  }

  OngoingCall begin(Containment owner, ConnectorCall what) {
    OngoingCall call = new OngoingCall(owner, what, watched::get);
    calls.add(call);
    return call;
  }

  /** Whether it was interrupted for its length. */
  boolean end(OngoingCall call) {
    calls.remove(call);
    return call.end();
  }

  private void lookAndGoOn() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      log.atError()
          .setCause(e)
          .log("Calls into connectors could not be looked at; the next look is tried all the same");
    }
  }

  void look() {
    long now = clock.nanos();
    // Where the whole process stood still, so did the calls.
    Duration step = Duration.ofNanos(Math.min(now - lastLook, MOST_BETWEEN_LOOKS.toNanos()));
    lastLook = now;
    watched.addAndGet(step.toNanos());
    boolean othersRun = carriers.carry();
    int stuck = 0;
    for (OngoingCall call : calls) {
      call.look(step, othersRun);
      judge(call);
      stuck += call.runnable().compareTo(STUCK) > 0 ? 1 : 0;
    }
    if (!othersRun) {
      carriers.relieve(stuck);
    } else if (stuck == 0) {
      carriers.restore();
    }
  }

  private static void judge(OngoingCall call) {
    String method = call.what().method();
    Optional<Duration> inAll = call.what().inAll().filter(most -> call.total().compareTo(most) > 0);
    if (inAll.isPresent()) {
      call.owner()
          .abandon(
              call,
              method + " has not ended after " + inAll.get().toSeconds() + " s in all",
              where(call));
      return;
    }
    Duration deadline = call.what().deadline();
    boolean computes = call.computing().compareTo(COMPUTING) > 0;
    if (!computes && call.age().compareTo(deadline) <= 0) {
      return;
    }
    String how =
        computes
            ? "computes without a pause"
            : "has not ended after " + deadline.toSeconds() + " s of its own";
    if (call.interrupt()) {
      log.atWarn()
          .addKeyValue("vendor", call.owner().vendor())
          .log("{} of the connector {}; it was interrupted", method, how);
    }
    if (call.heedless().compareTo(GRACE) > 0) {
      call.owner().switchOff(method + " " + how + " and heeds no interruption", where(call));
    }
  }

  /** Names of classes and methods: nothing of what is worked on. */
  private static String where(OngoingCall call) {
    return Arrays.stream(call.stack())
        .limit(FRAMES)
        .map(frame -> "at " + frame)
        .collect(Collectors.joining(" "));
  }

  @Override
  public void close() {
    looks.shutdownNow();
  }
}
