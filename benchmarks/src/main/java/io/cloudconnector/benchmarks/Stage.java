package io.cloudconnector.benchmarks;

import io.cloudconnector.host.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A running host with its vendor, its load and a reader of its feed. */
final class Stage implements AutoCloseable {
  static final int CONNECTIONS = 64;
  static final String WEBHOOKS = "/webhooks/whoop";

  private final VendorStub vendor;
  private final HostProcess host;
  private final LoadClient client;
  private final FeedReader reader;
  private final SignedWebhooks webhooks;

  private Stage(
      VendorStub vendor,
      HostProcess host,
      LoadClient client,
      FeedReader reader,
      SignedWebhooks webhooks) {
    this.vendor = vendor;
    this.host = host;
    this.client = client;
    this.reader = reader;
    this.webhooks = webhooks;
  }

  /** With so many people linked, and so many events in the log. */
  static Stage open(Path folder, Engine engine, String name, int people, int log)
      throws IOException, InterruptedException {
    VendorStub vendor = new VendorStub();
    HostSetup setup = HostSetup.create(folder, engine, name, vendor);
    try (Database database = setup.open()) {
      new People(database, setup.encryptionKey()).link(people);
      new Filling(database).log(log);
    }
    HostProcess host = HostProcess.start(setup);
    return new Stage(
        vendor,
        host,
        new LoadClient(host.port(), CONNECTIONS),
        new FeedReader(host.port(), HostSetup.API_KEY, log),
        new SignedWebhooks(people));
  }

  VendorStub vendor() {
    return vendor;
  }

  HostProcess host() {
    return host;
  }

  LoadClient client() {
    return client;
  }

  /** New webhooks, to be sent to WHOOP's address or another. */
  List<byte[]> webhooks(int count, String path) {
    return webhooks.take(count, path);
  }

  /** One round through the whole pipeline: sent, accepted, fetched, readable. */
  Round round(int count, double perSecond) throws IOException, InterruptedException {
    reader.forget();
    vendor.forget();
    long first = webhooks.next();
    List<byte[]> requests = webhooks.take(count, WEBHOOKS);
    LoadResult load = client.run(requests, perSecond);
    reader.await(count, Duration.ofMinutes(5));
    long last = load.began();
    long[] visibleAfter = new long[count];
    long[] vendorNanos = new long[count];
    for (int i = 0; i < count; i++) {
      long seen = reader.seenAt(first + i);
      last = Math.max(last, seen);
      vendorNanos[i] = vendor.nanos(first + i);
      visibleAfter[i] = Math.max(0, seen - load.answeredAt(i) - vendorNanos[i]);
    }
    return new Round(
        load,
        count / ((last - load.began()) / 1e9),
        Samples.ofNanosAsMillis(visibleAfter),
        Samples.ofNanosAsMillis(vendorNanos));
  }

  /** Rounds until so many seconds have gone. */
  void warmUp(int seconds) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    while (System.nanoTime() < deadline) {
      var _ = round(500, 0);
    }
  }

  /**
   * What a round came to.
   *
   * @param perSecond events a second, from the first request until the last was readable
   * @param visibleAfter from its 2xx until an event was readable, less what the vendor took; ms
   * @param vendor what the vendor took; ms
   */
  record Round(LoadResult load, double perSecond, Samples visibleAfter, Samples vendor) {}

  @Override
  public void close() throws IOException {
    reader.close();
    client.close();
    vendor.release();
    host.close();
    vendor.close();
  }
}
