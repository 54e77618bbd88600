package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.simulator.Parcel.Recipient;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends signed JSON webhooks, each from a virtual thread of its own, repeats those that were not
 * answered with 2xx, and keeps a ledger. As made, it repeats five times within about a second and
 * waits five seconds for each answer. Can be told to misbehave. Thread-safe.
 */
public final class WebhookSender implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Deque<Mischief> mischief = new ArrayDeque<>();
  private final List<Delivery> ledger = new ArrayList<>();
  private final WebhookSigner signer;
  private final InstantSource clock;
  private List<Parcel> held = new ArrayList<>();
  private List<URI> urls = List.of();
  private Courier courier;
  private @Nullable HttpClient http;

  /**
   * @param clock tells the time of signing; waiting is always by the real clock
   */
  public WebhookSender(WebhookSigner signer, InstantSource clock) {
    this.signer = signer;
    this.clock = clock;
    List<Duration> delays = Stream.of(25, 50, 100, 250, 500).map(Duration::ofMillis).toList();
    this.courier = new Courier(closed, this::sign, delays, Duration.ofSeconds(5), false);
  }

  /** Each message goes to each of these addresses from now on; none: nothing is sent. */
  public synchronized WebhookSender sendTo(URI... addresses) {
    urls = List.of(addresses);
    return this;
  }

  /** How long to wait before each repetition; as many repetitions as there are times. */
  public synchronized WebhookSender repeatAfter(List<Duration> times) {
    courier = courier.withDelays(times);
    return this;
  }

  /** How long to wait for an answer. */
  public synchronized WebhookSender timeout(Duration time) {
    courier = courier.withTimeout(time);
    return this;
  }

  /** Whether a repetition has a signature and time of its own; at first it has not. */
  public synchronized WebhookSender signRepetitionsAnew(boolean anew) {
    courier = courier.withAnew(anew);
    return this;
  }

  /** Does this to the next messages, after those that other mischief was ordered for. */
  public synchronized void misbehave(int messages, Mischief what) {
    mischief.addAll(Collections.nCopies(messages, what));
  }

  /** Forgets ordered mischief and sends what is held back. */
  public void behave() {
    List<Parcel> waiting;
    synchronized (this) {
      mischief.clear();
      waiting = takeHeld();
    }
    waiting.forEach(parcel -> dispatch(parcel, List.of()));
  }

  /**
   * Sends a message to all addresses and returns at once.
   *
   * @param eventId the vendor's id of the event, for the ledger
   * @return what to watch it by; one for each address and copy
   */
  public List<Delivery> send(String eventId, String json) {
    List<Recipient> all;
    synchronized (this) {
      all = urls.stream().map(url -> new Recipient(url, null)).toList();
    }
    return send(eventId, json, all);
  }

  /**
   * Sends a message to this address alone and returns at once.
   *
   * @param eventId the vendor's id of the event, for the ledger
   * @param whenGone told when the address answers 410, after which nothing is repeated
   * @return what to watch it by; one for each copy
   */
  public List<Delivery> send(String eventId, String json, URI url, Runnable whenGone) {
    return send(eventId, json, List.of(new Recipient(url, whenGone)));
  }

  private List<Delivery> send(String eventId, String json, List<Recipient> recipients) {
    List<Parcel> parcels;
    List<Parcel> followers;
    synchronized (this) {
      Mischief ordered = recipients.isEmpty() ? null : mischief.poll();
      parcels = pack(eventId, json.getBytes(UTF_8), recipients, ordered);
      parcels.forEach(parcel -> ledger.add(parcel.delivery()));
      if (ordered instanceof Mischief.HoldBack) {
        held.addAll(parcels);
        return parcels.stream().map(Parcel::delivery).toList();
      }
      followers = parcels.isEmpty() ? List.of() : takeHeld();
    }
    for (int i = 0; i < parcels.size(); i++) {
      dispatch(parcels.get(i), i == 0 ? followers : List.of());
    }
    return parcels.stream().map(Parcel::delivery).toList();
  }

  /** Every delivery so far, oldest first. */
  public synchronized List<Delivery> deliveries() {
    return List.copyOf(ledger);
  }

  /** The deliveries that were answered with 2xx, oldest first. */
  public List<Delivery> acknowledged() {
    return deliveries().stream().filter(Delivery::acknowledged).toList();
  }

  private static List<Parcel> pack(
      String eventId, byte[] body, List<Recipient> recipients, @Nullable Mischief ordered) {
    int copies =
        switch (ordered) {
          case Mischief.Duplicate(int more) -> 1 + more;
          case Mischief.Lose() -> 0;
          case null, default -> 1;
        };
    return Collections.nCopies(copies, recipients).stream()
        .flatMap(List::stream)
        .map(recipient -> Parcel.of(eventId, recipient, body, ordered))
        .toList();
  }

  private void dispatch(Parcel parcel, List<Parcel> followers) {
    Courier now;
    HttpClient client;
    synchronized (this) {
      now = courier;
      client = client();
    }
    Runnable afterFirst = () -> followers.forEach(follower -> dispatch(follower, List.of()));
    Thread.ofVirtual().name("webhook").start(() -> now.carry(client, parcel, afterFirst));
  }

  /** Made only when needed, since it has a thread from then on. */
  private HttpClient client() {
    HttpClient made = http;
    if (made == null) {
      made = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      http = made;
    }
    return made;
  }

  private Map<String, String> sign(Parcel parcel) {
    return signer.headers(parcel.signedBytes(), clock.instant().minus(parcel.age()));
  }

  private List<Parcel> takeHeld() {
    List<Parcel> taken = held;
    held = new ArrayList<>();
    return taken;
  }

  /** Gives up what is still under way. */
  @Override
  public synchronized void close() {
    closed.countDown();
    if (http != null) {
      http.shutdownNow();
    }
    takeHeld().forEach(parcel -> parcel.delivery().end());
  }
}
