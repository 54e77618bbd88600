package io.cloudconnector.core;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreaker.State;
import dev.failsafe.event.CircuitBreakerStateChangedEvent;
import io.cloudconnector.api.HttpReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a vendor alone that fails more often than it answers. A share of many calls decides, so
 * that one document that always fails among others that do not changes nothing. After a pause a few
 * calls try whether it is back. Thread-safe.
 */
final class Circuit {
  private static final Logger log = LoggerFactory.getLogger(Circuit.class);

  private static final int FAILED_PERCENT = 50;
  private static final int FEWEST_CALLS = 20;
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final int TRIALS = 3;
  private static final int GOOD_TRIALS = 2;

  /** What to wait for while trial calls are under way. */
  private static final Duration TRYING = Duration.ofSeconds(1);

  private final String vendor;
  private final Duration pause;
  private final CircuitBreaker<HttpReply> breaker;
  private final AtomicInteger trials = new AtomicInteger();

  Circuit(String vendor, Duration pause) {
    this.vendor = vendor;
    this.pause = pause;
    this.breaker =
        CircuitBreaker.<HttpReply>builder()
            .withFailureRateThreshold(FAILED_PERCENT, FEWEST_CALLS, PERIOD)
            .withSuccessThreshold(GOOD_TRIALS, TRIALS)
            .withDelay(pause)
            .onOpen(this::opened)
            .onClose(_ -> closed())
            .build();
  }

  private void opened(CircuitBreakerStateChangedEvent change) {
    if (change.getPreviousState() == State.HALF_OPEN) {
      log.atDebug()
          .addKeyValue("vendor", vendor)
          .log("{} still fails; it is tried again in {}", vendor, pause);
      return;
    }
    log.atWarn()
        .addKeyValue("vendor", vendor)
        .log(
            "At least half of the calls to {} fail: none is sent for {}, then a few try whether it"
                + " is back; its work waits and loses no attempt",
            vendor,
            pause);
  }

  private void closed() {
    log.atInfo()
        .addKeyValue("vendor", vendor)
        .log("{} answers again: its calls go out as before, and what waited goes on", vendor);
  }

  /** How long no call would be let through; empty when one would. */
  Optional<Duration> suspendedFor() {
    return switch (breaker.getState()) {
      case CLOSED -> Optional.empty();
      case HALF_OPEN -> trials.get() < TRIALS ? Optional.empty() : Optional.of(TRYING);
      case OPEN -> Optional.of(breaker.getRemainingDelay()).filter(Duration::isPositive);
    };
  }

  CircuitState state() {
    return switch (breaker.getState()) {
      case CLOSED -> CircuitState.CLOSED;
      case HALF_OPEN -> CircuitState.TRYING;
      case OPEN -> CircuitState.OPEN;
    };
  }

  /** Whether a call may go out. If so, it is told how that ended, whatever happens. */
  Optional<Passage> enter() {
    if (!breaker.tryAcquirePermit()) {
      return Optional.empty();
    }
    boolean trial = breaker.isHalfOpen();
    if (trial) {
      trials.incrementAndGet();
    }
    return Optional.of(new Passage(trial));
  }

  /** What to tell a call that may not go out. */
  Duration retryAfter() {
    return suspendedFor().orElse(TRYING);
  }

  /** One call on its way. One of the two methods is called, once. */
  final class Passage {
    private final boolean trial;

    private Passage(boolean trial) {
      this.trial = trial;
    }

    /** Any answer but a 5xx shows a vendor at work, also one that refuses. */
    void answered(HttpReply reply) {
      end(reply.status() < 500);
    }

    void failed(Throwable failure) {
      if (failure instanceof BrokenOffException) {
        // Our own doing says nothing about the vendor; a trial has to end all the same.
        if (trial) {
          end(false);
        }
        return;
      }
      end(failure instanceof OversizedAnswerException);
    }

    private void end(boolean good) {
      if (trial) {
        trials.decrementAndGet();
      }
      if (good) {
        breaker.recordSuccess();
      } else {
        breaker.recordFailure();
      }
    }
  }
}
