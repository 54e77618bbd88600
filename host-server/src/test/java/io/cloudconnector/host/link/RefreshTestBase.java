package io.cloudconnector.host.link;

import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Runs each test on each kind of database. */
@OnEachDatabase
abstract class RefreshTestBase {
  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
  }

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase parameter;

  TestDatabase kind;
  RefreshBench bench;

  @BeforeEach
  void open(@TempDir Path folder) {
    kind = Objects.requireNonNull(parameter);
    bench = new RefreshBench(kind, folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  /** Stops a refresh where it comes to a step: for good, or until it may go on. */
  static final class Halt implements Consumer<RefreshStep> {
    private final RefreshStep at;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    Halt(RefreshStep at) {
      this.at = at;
    }

    @Override
    public void accept(RefreshStep step) {
      if (step == at) {
        reached.countDown();
        try {
          mayGoOn.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    void awaitReached() throws InterruptedException {
      if (!reached.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("no refresh came to " + at);
      }
    }

    void goOn() {
      mayGoOn.countDown();
    }
  }
}
