package io.cloudconnector.host.containment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Linking;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.host.observe.Metrics;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A connector that does what each test wants, contained, and watched by a clock of the test's. */
@SuppressWarnings("NullAway") // It looks at nothing that it is called with, and gives nothing.
final class Patient {
  private final CountDownLatch released = new CountDownLatch(1);
  private final Connector own = new Connector();
  private final AtomicLong time;
  private final CallWatch watch;
  private final ContainedConnector connector;
  private volatile Supplier<@Nullable FetchResult> fetch = FetchResult::gone;
  private volatile @Nullable CountDownLatch inside;

  Patient(String vendor) {
    this(vendor, new AtomicLong(), null);
  }

  /** Another in the same host. */
  Patient(String vendor, Patient neighbour) {
    this(vendor, neighbour.time, neighbour.watch);
  }

  private Patient(String vendor, AtomicLong time, @Nullable CallWatch watch) {
    this.time = time;
    this.watch = watch == null ? new CallWatch(time::get) : watch;
    this.connector =
        ContainedConnector.create(
            () -> own,
            new Containment(
                new VendorType(vendor), getClass().getClassLoader(), this.watch, new Metrics()));
  }

  ContainedConnector connector() {
    return connector;
  }

  CallWatch watch() {
    return watch;
  }

  ConnectorHealth health() {
    return connector.health();
  }

  FetchResult fetch(Supplier<@Nullable FetchResult> work) {
    fetch = work;
    return connector.fetchData(null, null);
  }

  Call begin(Supplier<@Nullable FetchResult> work) {
    return new Call(() -> fetch(work));
  }

  /** Stays in verification until it is released. */
  boolean verify(CountDownLatch entered) {
    inside = entered;
    return connector.verifyWebhook(null);
  }

  CloudConnector neverMade(CountDownLatch making) {
    making.countDown();
    blockUntilReleased();
    return own;
  }

  FetchResult blockUntilReleased() {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        // As connectors do that think they know better.
        assertThat(e).isNotNull();
      }
    }
    return FetchResult.gone();
  }

  FetchResult spinUntilReleased() {
    while (released.getCount() > 0) {
      Thread.onSpinWait();
    }
    return FetchResult.gone();
  }

  void release() {
    released.countDown();
  }

  /** Lets time pass, and has the watch look. */
  void pass(Duration duration) {
    Contained.pass(duration, time, watch);
  }

  /** The whole process does, as when its machine is put to sleep. */
  void standStill(Duration duration) {
    time.addAndGet(duration.toNanos());
    look();
  }

  void look() {
    watch.look();
  }

  void awaitBlocked(Call call) {
    Awaitility.await().until(() -> call.thread.getState() == Thread.State.WAITING);
  }

  void awaitSpinning(Call call) {
    Awaitility.await()
        .until(
            () ->
                Arrays.stream(call.thread.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals("spinUntilReleased")));
  }

  /** A call on a virtual thread, as the host makes them. */
  static final class Call {
    private final Thread thread;
    private volatile @Nullable FetchResult result;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean interruptedAfterwards;

    Call(Supplier<FetchResult> work) {
      thread =
          Thread.startVirtualThread(
              () -> {
                try {
                  result = work.get();
                } catch (RuntimeException e) {
                  failure = e;
                }
                interruptedAfterwards = Thread.currentThread().isInterrupted();
              });
    }

    boolean isAlive() {
      return thread.isAlive();
    }

    @Nullable FetchResult result() throws InterruptedException {
      thread.join();
      return result;
    }

    RuntimeException failure() throws InterruptedException {
      thread.join();
      RuntimeException e = failure;
      assertThat(e).isNotNull();
      return e;
    }

    boolean interruptedAfterwards() throws InterruptedException {
      thread.join();
      return interruptedAfterwards;
    }
  }

  private final class Connector implements CloudConnector {
    @Override
    public Linking linking() {
      throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public FetchResult fetchData(Connection connection, Resource resource) {
      return fetch.get();
    }

    @Override
    public boolean verifyWebhook(WebhookRequest request) {
      CountDownLatch entered = inside;
      if (entered != null) {
        entered.countDown();
        blockUntilReleased();
      }
      return false;
    }
  }
}
