package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudconnector.simulator.whoop.WhoopCloud;
import io.cloudconnector.simulator.whoop.WhoopPerson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A served host between a WHOOP cloud with many members and an operator who reads along. */
final class Scene implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  private static final String WEBHOOKS = "/webhooks/whoop";

  private final Map<String, Object> database;
  private final String encryptionKey;
  private final Path folder;
  private final Path config;
  private final URI url;
  private final Distribution distribution;
  private final FeedReader reader;
  final Receiver receiver;
  final WhoopCloud cloud;
  final Operator operator;
  final Ledger ledger = new Ledger();
  final WebhookPost post;
  final Links links;
  private @Nullable HostProcess host;

  Scene(
      Distribution distribution, Path folder, Map<String, Object> database, String key, long seed) {
    this.distribution = distribution;
    this.database = database;
    this.encryptionKey = key;
    this.folder = folder;
    this.cloud = new WhoopCloud(seed, InstantSource.system());
    cloud.limits().set();
    cloud.start();
    try {
      this.receiver = new Receiver(ledger, seed);
      this.url = newUrl();
      this.config = configuration(url, "host.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.operator = new Operator(url, SystemTest.API_KEY);
    this.post = new WebhookPost(cloud, url.resolve(WEBHOOKS), ledger);
    this.links = new Links(cloud, operator);
    this.reader = new FeedReader(operator, ledger);
  }

  private static URI newUrl() throws IOException {
    return URI.create("http://127.0.0.1:" + SystemTest.freePort());
  }

  private Path configuration(URI url, String file) throws IOException {
    Map<String, Object> whoop = SystemTest.onlyWebhooks(cloud);
    // Not what is tried here: no limit may slow things down.
    whoop.put("rateLimits", List.of(Map.of("maxRequests", 100_000, "timeWindow", "1s")));
    Map<String, Object> all = new TreeMap<>();
    all.put("server", Map.of("port", url.getPort(), "publicUrl", url.toString()));
    all.put("database", database);
    all.put(
        "security",
        Map.of(
            "apiKeys", List.of(SystemTest.API_KEY),
            "encryptionKeys", List.of("${ENCRYPTION_KEY}")));
    all.put("connectors", Map.of("whoop", whoop));
    all.put("delivery", Map.of("webhook", receiver.settings()));
    return Files.writeString(folder.resolve(file), JsonMapper.shared().writeValueAsString(all));
  }

  /** The host as started last. */
  HostProcess host() {
    return Objects.requireNonNull(host, "no host was started");
  }

  /** Starts the host, and returns before it is ready. */
  void launch(String... before) {
    host = launched(config, before);
  }

  private HostProcess launched(Path configuration, String... before) {
    return distribution.startThrough(
        List.of(before),
        Map.of("ENCRYPTION_KEY", encryptionKey),
        "serve",
        "--config",
        configuration.toString());
  }

  void awaitReady() {
    awaitReady(host(), operator);
  }

  private static void awaitReady(HostProcess started, Operator operator) {
    await()
        .atMost(START_PATIENCE)
        .pollInterval(Duration.ofMillis(30))
        .until(() -> operator.seesReadyHost() || !started.isAlive());
    assertThat(started.isAlive()).as(started.err() + started.out()).isTrue();
  }

  /** Starts another host on the same database, to which every other webhook goes. */
  HostProcess serveAnother() throws IOException {
    URI address = newUrl();
    HostProcess another = launched(configuration(address, "another.yaml"));
    try (Operator itsOperator = new Operator(address, SystemTest.API_KEY)) {
      awaitReady(another, itsOperator);
    }
    post.alsoTo(address.resolve(WEBHOOKS));
    return another;
  }

  /** Starts the host, and returns when it is ready. */
  void serve(String... before) {
    launch(before);
    awaitReady();
  }

  /** Links so many people, and begins to read the feed. */
  void populate(int people) {
    links.make(people);
    reader.start();
  }

  Load load(long seed, Duration pace) {
    Load load = new Load(post, ledger, seed, pace);
    links.people().forEach(load::begin);
    return load;
  }

  /** Tells once, whatever the answer, of somebody whom nobody linked. */
  HttpResponse<Void> tellOnce() throws IOException, InterruptedException {
    WhoopPerson stranger = cloud.person(cloud.addPerson(3));
    String id = stranger.ids("sleep").getFirst();
    String trace = UUID.randomUUID().toString();
    return post.once(WebhookPost.body(stranger.accountId(), "sleep.updated", id, trace));
  }

  /** What is answered to such webhooks, told one after another for so long. */
  List<Integer> answersFor(Duration time) {
    List<Integer> answers = new ArrayList<>();
    Instant end = Instant.now().plus(time);
    await()
        .atMost(time.plus(PATIENCE))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              answers.add(tellOnce().statusCode());
              return Instant.now().isAfter(end);
            });
    return answers;
  }

  void awaitMoreAcknowledged(int changes) {
    int before = ledger.count();
    await().atMost(PATIENCE).until(() -> ledger.count() >= before + changes);
  }

  /**
   * As {@link #settled}, after kills: that one cost a link may show only now, and the link's events
   * wait until it is made again.
   */
  Verdict settledAndMended(Duration patience) {
    Instant end = Instant.now().plus(patience);
    Verdict verdict = settled(A_WHILE);
    while (!verdict.lost.isEmpty() && Instant.now().isBefore(end)) {
      links.mend();
      verdict = settled(A_WHILE);
    }
    return verdict;
  }

  /** Waits until all that was acknowledged has arrived, but not for ever. */
  Verdict settled(Duration patience) {
    return complete(patience, () -> Judge.ofLog(ledger.acknowledged(), log()));
  }

  /** Waits until the receiver has all that is in the log, but not for ever. */
  Verdict received(Duration patience) {
    return complete(patience, () -> Judge.ofReceiver(log(), ledger.seenBy(Receiver.NAME)));
  }

  private static Verdict complete(Duration patience, Supplier<Verdict> verdict) {
    try {
      await()
          .atMost(patience)
          .pollInterval(Duration.ofMillis(250))
          .until(() -> verdict.get().lost.isEmpty());
    } catch (ConditionTimeoutException _) {
      // The verdict names what is missing.
      return verdict.get();
    }
    return verdict.get();
  }

  List<Seen> log() {
    return ledger.seenBy(FeedReader.NAME);
  }

  @Override
  public void close() {
    reader.close();
    post.close();
    operator.close();
    receiver.close();
    cloud.close();
  }
}
