package io.cloudconnector.benchmarks;

import io.cloudconnector.host.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A start with much to do: how soon it begins, how fast it goes, how long somebody of whom nothing
 * waits is kept waiting, what memory it takes.
 */
final class WaitingBenchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Enough to tell the pace; all would take too long. */
  private static final Duration LOOKED_AT = Duration.ofSeconds(15);

  private final Plan plan;
  private final Report report;

  WaitingBenchmark(Plan plan, Report report) {
    this.plan = plan;
    this.report = report;
  }

  void run(Path folder, Engine engine) throws IOException, InterruptedException {
    start(
        folder,
        engine,
        "waiting",
        "start with %,d waiting rows of %,d people".formatted(plan.waiting(), plan.people()),
        plan.waiting(),
        plan.people());
    start(
        folder,
        engine,
        "one",
        "start with %,d waiting rows of one person".formatted(plan.ofOne()),
        plan.ofOne(),
        1);
    burst(folder, engine);
  }

  /** What comes over HTTP, as fast as it is taken. */
  private void burst(Path folder, Engine engine) throws IOException, InterruptedException {
    try (VendorStub vendor = new VendorStub()) {
      HostSetup setup = HostSetup.create(folder, engine, "burst", vendor);
      try (Database database = setup.open()) {
        new People(database, setup.encryptionKey()).link(2);
      }
      List<byte[]> requests = new SignedWebhooks(1).take(plan.ofOne(), Stage.WEBHOOKS);
      try (HostProcess host = HostProcess.start(setup);
          FeedReader reader = new FeedReader(host.port(), HostSetup.API_KEY, 0);
          LoadClient client = new LoadClient(host.port(), Stage.CONNECTIONS)) {
        LoadResult load = client.run(requests, 0);
        double newcomer = newcomer(host, reader, plan.ofOne(), 1);
        report.row(
            "%,d webhooks of one person at once".formatted(plan.ofOne()),
            "somebody new, told of right after, had to wait %.1f s; memory %s"
                .formatted(newcomer, host.memory()),
            "%,.0f accepted /s".formatted(load.perSecond()),
            "");
      }
    }
  }

  private void start(Path folder, Engine engine, String name, String what, int rows, int people)
      throws IOException, InterruptedException {
    try (VendorStub vendor = new VendorStub()) {
      HostSetup setup = HostSetup.create(folder, engine, name, vendor);
      try (Database database = setup.open()) {
        new People(database, setup.encryptionKey()).link(people + 1);
        new Filling(database).inbox(rows, people, new SignedWebhooks(people));
      }
      long began = System.nanoTime();
      try (HostProcess host = HostProcess.start(setup);
          FeedReader reader = new FeedReader(host.port(), HostSetup.API_KEY, 0)) {
        reader.await(1, PATIENCE);
        long first = System.nanoTime();
        int before = reader.seen();
        Thread.sleep(LOOKED_AT);
        double seconds = (System.nanoTime() - first) / 1e9;
        double perSecond = (reader.seen() - before) / seconds;
        double newcomer = newcomer(host, reader, rows, people);
        report.row(
            what,
            "first event after %.1f s; somebody new had to wait %.1f s; memory %s"
                .formatted((first - began) / 1e9, newcomer, host.memory()),
            "%,.0f events/s".formatted(perSecond),
            "");
      }
    }
  }

  /** In seconds, from the 2xx to one of whom nothing waits until it was readable. */
  private static double newcomer(HostProcess host, FeedReader reader, int rows, int people)
      throws IOException, InterruptedException {
    // The last of one more than the others.
    SignedWebhooks webhooks = new SignedWebhooks(people + 1);
    webhooks.skip((rows / (people + 1) + 1) * (people + 1) + people);
    long number = webhooks.next();
    try (LoadClient client = new LoadClient(host.port(), 1)) {
      LoadResult answered = client.run(webhooks.take(1, Stage.WEBHOOKS), 0);
      reader.awaitSeen(number, PATIENCE);
      return (reader.seenAt(number) - answered.answeredAt(0)) / 1e9;
    }
  }
}
