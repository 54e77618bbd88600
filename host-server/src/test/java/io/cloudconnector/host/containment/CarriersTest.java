package io.cloudconnector.host.containment;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it keeps all carriers of virtual threads busy")
class CarriersTest {
  private final VirtualThreadSchedulerMXBean scheduler =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final int usual = scheduler.getParallelism();

  @Test
  void virtualThreadsRunThoughAllCarriersComputeAndWhatThatTookIsGivenBack() {
    AtomicBoolean stop = new AtomicBoolean();
    CountDownLatch spinning = new CountDownLatch(usual);
    try {
      // More than can run: a queue in which something waits already wakes no carrier.
      for (int n = 0; n < usual + 2; n++) {
        Thread.startVirtualThread(() -> spin(spinning, stop));
      }
      Awaitility.await().until(() -> spinning.getCount() == 0);
      CountDownLatch other = new CountDownLatch(1);
      Thread.startVirtualThread(other::countDown);
      Carriers carriers = new Carriers();

      Awaitility.await()
          .pollInSameThread()
          .until(
              () -> {
                if (!carriers.carry()) {
                  carriers.relieve(usual + 2);
                }
                return other.getCount() == 0;
              });

      assertThat(scheduler.getParallelism()).isGreaterThan(usual);
      carriers.restore();
      assertThat(scheduler.getParallelism()).isEqualTo(usual);
    } finally {
      stop.set(true);
      scheduler.setParallelism(usual);
    }
  }

  /** Nobody watches threads that a plugin started itself. */
  @Test
  void virtualThreadsRunThoughWhatComputesIsNoCall() {
    AtomicBoolean stop = new AtomicBoolean();
    // Carriers of another test's may not have ended yet.
    int present = Math.max(usual, scheduler.getPoolSize());
    CountDownLatch spinning = new CountDownLatch(usual);
    try {
      for (int n = 0; n < present; n++) {
        Thread.startVirtualThread(() -> spin(spinning, stop));
      }
      Awaitility.await().until(() -> spinning.getCount() == 0);
      Carriers carriers = new Carriers();
      boolean _ = carriers.carry();

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .pollInSameThread()
          .until(
              () -> {
                boolean ran = carriers.carry();
                if (!ran) {
                  carriers.relieve(0);
                }
                return ran;
              });

      carriers.restore();
      assertThat(scheduler.getParallelism()).as("they may still compute").isGreaterThan(usual);
    } finally {
      stop.set(true);
      scheduler.setParallelism(usual);
    }
  }

  @Test
  void noCarrierIsAddedWhereNoConnectorComputes() {
    Carriers carriers = new Carriers();
    for (int look = 0; look < 100; look++) {
      if (!carriers.carry()) {
        carriers.relieve(0);
      }
    }
    assertThat(scheduler.getParallelism()).isEqualTo(usual);
  }

  @Test
  void thereAreAFewMoreCarriersThanProcessorsUnlessTheOperatorTellsHowMany() {
    String told = System.clearProperty(Carriers.TOLD);
    try {
      new Carriers().suitProcessors();
      assertThat(scheduler.getParallelism())
          .isEqualTo(Runtime.getRuntime().availableProcessors() + 2);

      System.setProperty(Carriers.TOLD, "7");
      scheduler.setParallelism(7);
      new Carriers().suitProcessors();
      assertThat(scheduler.getParallelism()).isEqualTo(7);
    } finally {
      System.clearProperty(Carriers.TOLD);
      if (told != null) {
        System.setProperty(Carriers.TOLD, told);
      }
      scheduler.setParallelism(usual);
    }
  }

  private static void spin(CountDownLatch spinning, AtomicBoolean stop) {
    spinning.countDown();
    while (!stop.get()) {
      Thread.onSpinWait();
    }
  }
}
