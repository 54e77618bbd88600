package io.cloudconnector.distribution;

import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets many people live at once, each on a thread of their own. */
final class Load implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> lives = new ArrayList<>();
  private final WebhookPost post;
  private final Ledger ledger;
  private final long seed;
  private final Duration pace;
  private volatile boolean hurrying;
  private volatile boolean ending;

  /**
   * @param pace how long a person rests between two changes, on average
   */
  Load(WebhookPost post, Ledger ledger, long seed, Duration pace) {
    this.post = post;
    this.ledger = ledger;
    this.seed = seed;
    this.pace = pace;
  }

  void begin(String user, WhoopPerson person) {
    MemberLife life = new MemberLife(user, person, post, ledger, seed);
    lives.add(threads.submit(() -> live(life)));
  }

  private Void live(MemberLife life) throws InterruptedException {
    while (!ending) {
      life.next();
      long rest = life.random().nextLong(2 * pace.toMillis());
      Thread.sleep(hurrying ? 0 : rest);
    }
    return null;
  }

  /** Has people rest no more, or rest again. */
  void hurry(boolean hurries) {
    hurrying = hurries;
  }

  /** Whether a life broke off, because the host gave an answer that it must not give. */
  boolean isBroken() {
    return lives.stream().anyMatch(life -> life.state() == Future.State.FAILED);
  }

  /** Begins no more changes, and returns when what was begun is acknowledged. */
  void end() {
    ending = true;
    for (Future<?> life : lives) {
      try {
        life.get();
      } catch (ExecutionException e) {
        throw new AssertionError("a webhook was not answered as it must be", e.getCause());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    lives.clear();
  }

  @Override
  public void close() {
    ending = true;
    threads.shutdownNow();
  }
}
