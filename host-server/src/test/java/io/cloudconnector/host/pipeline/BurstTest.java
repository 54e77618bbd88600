package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.GroupedWork;
import io.cloudconnector.host.store.InboxArrivals;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxKind;
import io.cloudconnector.host.store.InboxResource;
import io.cloudconnector.host.store.InboxState;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.store.NewWebhook;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnEachDatabase
final class BurstTest {
  private static final VendorType ACME = new VendorType("acme");

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase parameter;

  private Database database;
  private SharedInbox shared;
  private InboxStore inbox;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Objects.requireNonNull(parameter).open(folder);
    shared = new SharedInbox(database);
    inbox = new InboxStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void fewAreInLineAtOnce() {
    accept(0, SharedInbox.BURST - 1);

    assertThat(inbox.count(InboxState.WAITING)).isEqualTo(SharedInbox.BURST - 1);
  }

  @Test
  void whatFollowsABurstQueuesBehindIt() {
    accept(0, SharedInbox.BURST);
    accept(SharedInbox.BURST, 1);

    assertThat(inbox.count(InboxState.ARRIVED)).isEqualTo(SharedInbox.BURST + 1);

    var _ = database.write(tx -> new InboxArrivals(database).sort(tx, SharedInbox.BURST + 1));
    accept(SharedInbox.BURST + 1, 1);

    assertThat(inbox.count(InboxState.ARRIVED)).isZero();
    assertThat(inbox.count(InboxState.WAITING)).isEqualTo(SharedInbox.BURST + 2);
  }

  @Test
  void aBurstIsSortedBesideWhatComesMeanwhileAndAfterARestart() {
    accept(0, 100);
    try (Metrics metrics = new Metrics();
        ArrivalSorter sorter = new ArrivalSorter(database, metrics)) {
      sorter.start();
      awaitSorted(100);

      accept(50, 100);
      awaitSorted(150);

      assertThat(metrics.scrape())
          .contains("connector_events_duplicate_total{vendor=\"acme\"} 50.0");
    }
  }

  @Test
  void aBurstIsSortedThoughOthersAlwaysHaveSomethingToStore() {
    GroupedWork<Integer, Integer> other =
        new GroupedWork<>(GroupedWork.Rank.SETTLE, "other", (tx, items) -> items);
    AtomicBoolean stop = new AtomicBoolean();
    accept(0, 100);
    try (Metrics metrics = new Metrics();
        ArrivalSorter sorter = new ArrivalSorter(database, metrics);
        ExecutorService busy = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 16; n++) {
        busy.execute(
            () -> {
              while (!stop.get()) {
                var _ = database.together(other, 1, Duration.ofSeconds(30));
              }
            });
      }
      Awaitility.await().until(() -> database.groupCounts().waiting() > 0);
      sorter.start();
      try {
        awaitSorted(100);
      } finally {
        stop.set(true);
      }
    }
  }

  @Test
  void sortingGivesWayAsLongAsItsWorkTellsAndNeverLong() {
    assertThat(ArrivalSorter.pauseAfter(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(3));
    assertThat(ArrivalSorter.pauseAfter(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(25));
  }

  @Test
  void sortingGoesOnAfterAFaultThatIsNotTheDatabases() {
    accept(0, SharedInbox.BURST);
    setAttributes("no JSON");
    try (Metrics metrics = new Metrics();
        ArrivalSorter sorter = new ArrivalSorter(database, metrics)) {
      sorter.start();
      // It looks again only after a first try has failed.
      Awaitility.await()
          .until(
              () -> {
                database.arrivalSignal().raise();
                return database.reads() > 1;
              });

      setAttributes("{}");
      database.arrivalSignal().raise();

      awaitSorted(SharedInbox.BURST);
    }
  }

  private void setAttributes(String json) {
    database.execute(
        tx -> {
          int _ = tx.execute("UPDATE inbox SET attributes = ?", json);
        });
  }

  private void awaitSorted(long waiting) {
    Awaitility.await()
        .until(
            () ->
                inbox.count(InboxState.ARRIVED) == 0 && inbox.count(InboxState.WAITING) == waiting);
  }

  private void accept(int from, int count) {
    List<NewWebhook> webhooks =
        IntStream.range(from, from + count).mapToObj(BurstTest::webhook).toList();
    List<Integer> taken = database.write(tx -> shared.acceptAll(tx, webhooks));
    assertThat(taken).containsOnly(1);
  }

  private static NewWebhook webhook(int number) {
    return new NewWebhook(
        List.of(
            new InboxEntry(
                ACME,
                "account " + number % 7,
                null,
                Lane.LIVE,
                InboxKind.CHANGED,
                InboxResource.one("run", "r" + number),
                null,
                null,
                "run.updated",
                "trace-" + number,
                "key-" + number,
                Map.of(),
                Instant.EPOCH)),
        List.of(),
        Bytes.of(new byte[] {'{', '}'}));
  }
}
