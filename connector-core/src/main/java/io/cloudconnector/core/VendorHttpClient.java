package io.cloudconnector.core;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.VendorHttp;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls to one vendor, over connections that all its users share. Redirects are not followed,
 * bodies are capped, and only declared hosts are called. The number of calls under way is bounded,
 * and a vendor that fails too often is left alone for a while: both hold for all calls, whatever
 * they are for. A call that is on its way is never broken off for that. Thread-safe; blocks, so
 * call it on virtual threads.
 */
public final class VendorHttpClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VendorHttpClient.class);

  /** Methods that mean the same when they arrive twice (RFC 9110, 9.2.2). */
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

  /** When to try again where no call ended in time to make room. */
  private static final Duration NO_ROOM = Duration.ofSeconds(1);

  private static final Set<String> REPEATED_BY_THE_JDK = Set.of("GET", "HEAD");

  private final DeclaredHosts hosts;
  private final String vendor;
  private final String userAgent;
  private final int maxBodyBytes;
  private final Bulkhead bulkhead;
  private final Circuit circuit;
  private final LongAdder rejected = new LongAdder();
  private final ExecutorService threads;
  private final HttpClient client;

  private VendorHttpClient(Builder builder) {
    hosts = builder.hosts;
    vendor = builder.vendor;
    userAgent = builder.userAgent;
    maxBodyBytes = builder.maxBodyBytes;
    bulkhead = new Bulkhead(builder.maxConcurrentCalls);
    circuit = new Circuit(builder.vendor, builder.circuitPause);
    threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("vendor-http-", 0).factory());
    client =
        HttpClient.newBuilder()
            .executor(threads)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(builder.connectTimeout)
            .build();
  }

  /** A client with the usual bounds. */
  public static VendorHttpClient create(DeclaredHosts hosts, String userAgent) {
    return builder(hosts).userAgent(userAgent).build();
  }

  public static Builder builder(DeclaredHosts hosts) {
    return new Builder(hosts);
  }

  /**
   * A view of this client for one piece of work.
   *
   * @param gate asked before each sending
   * @param deadline for each call as a whole, from waiting for room to the last byte, its repeat
   *     included
   */
  public VendorHttp with(CallGate gate, Duration deadline) {
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("a deadline must be longer than nothing");
    }
    return call -> send(call, gate, deadline);
  }

  private HttpReply send(HttpCall call, CallGate gate, Duration deadline) {
    hosts.check(call.uri());
    HttpRequest request = request(call);
    long end = System.nanoTime() + deadline.toNanos();
    // A look first: whoever is turned away here has taken no permit and waited for no room.
    circuit.suspendedFor().ifPresent(wait -> refuse("it fails too often", wait));
    if (!bulkhead.enter(deadline)) {
      refuse("too many calls are under way", NO_ROOM);
    }
    try {
      return sendThroughCircuit(call, request, gate, end);
    } finally {
      bulkhead.leave();
    }
  }

  private HttpReply sendThroughCircuit(
      HttpCall call, HttpRequest request, CallGate gate, long end) {
    CallPermit permit = gate.enter(call);
    Optional<Circuit.Passage> passage = circuit.enter();
    if (passage.isEmpty()) {
      permit.notSent();
      refuse("it fails too often", circuit.retryAfter());
    }
    Answer answer;
    try {
      answer = sendAndRepeat(call, request, permit, gate, end);
    } catch (RuntimeException | Error failure) {
      passage.get().failed(failure);
      throw failure;
    }
    passage.get().answered(answer.reply());
    // Last: that it cannot be noted now says nothing about the vendor.
    answer.permit().answered(answer.reply());
    return answer.reply();
  }

  /** A whole answer, and the leave that it was given to. */
  private record Answer(HttpReply reply, CallPermit permit) {}

  private void refuse(String why, Duration wait) {
    rejected.increment();
    throw new VendorUnavailableException(
        "no call was sent to " + vendor + ": " + why + "; it is worth another try in " + wait,
        wait);
  }

  private Answer sendAndRepeat(
      HttpCall call, HttpRequest request, CallPermit permit, CallGate gate, long end) {
    try {
      return sendOnce(request, permit, end);
    } catch (BrokenConnectionException broken) {
      if (!REPEATABLE.contains(call.method())) {
        throw broken;
      }
      LOG.atDebug()
          .addKeyValue("host", call.uri().getHost())
          .log("the connection broke before an answer; sending the call once more");
      // Another request: the body of the first remembers that it was sent.
      HttpRequest again = request(call);
      return sendOnce(again, gate.enter(call), end);
    }
  }

  private Answer sendOnce(HttpRequest request, CallPermit permit, long end) {
    try {
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      HttpReply reply = new VendorExchange(client, request, maxBodyBytes).send(left, threads);
      return new Answer(reply, permit);
    } catch (RuntimeException | Error failure) {
      settle(permit, failure);
      throw failure;
    }
  }

  /** That a limit cannot be noted now must not hide why the call failed. */
  private static void settle(CallPermit permit, Throwable failure) {
    try {
      permit.failed();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** How long no call would be sent because the vendor fails too often; empty when one would. */
  public Optional<Duration> suspendedFor() {
    return circuit.suspendedFor();
  }

  public CircuitState circuit() {
    return circuit.state();
  }

  /** Calls under way at this moment. */
  public int callsInFlight() {
    return bulkhead.inFlight();
  }

  /** Calls that were not sent since the start, see {@link VendorUnavailableException}. */
  public long callsRejected() {
    return rejected.sum();
  }

  private HttpRequest request(HttpCall call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .method(call.method(), body(call))
            .setHeader("User-Agent", userAgent)
            .setHeader("Accept", "application/json");
    if ("http".equals(call.uri().getScheme())) {
      // Over plain HTTP the JDK would ask for an upgrade to HTTP/2 in every request.
      request.version(HttpClient.Version.HTTP_1_1);
    }
    call.headers().forEach((name, value) -> setHeader(request, name, value));
    return request.build();
  }

  private static BodyPublisher body(HttpCall call) {
    BodyPublisher body =
        call.body().map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
    return REPEATED_BY_THE_JDK.contains(call.method()) ? new SentOnceBody(body) : body;
  }

  private static void setHeader(HttpRequest.Builder request, String name, String value) {
    try {
      request.setHeader(name, value);
    } catch (IllegalArgumentException refused) {
      // The JDK's message quotes the value, which may be a token.
      throw new IllegalArgumentException(
          "header '" + name + "' is reserved, or its name or value has characters not allowed");
    }
  }

  /** Cancels what is under way and lets go of the connections. */
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
    threads.close();
  }

  /** Collects a {@link VendorHttpClient}. Not thread-safe. */
  public static final class Builder {
    private final DeclaredHosts hosts;
    private String userAgent = "cloud-connector" + version();
    private int maxBodyBytes = 16 * 1024 * 1024;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private String vendor = "the vendor";
    private int maxConcurrentCalls = 1_000;
    private Duration circuitPause = Duration.ofSeconds(30);

    private Builder(DeclaredHosts hosts) {
      this.hosts = hosts;
    }

    private static String version() {
      return Optional.ofNullable(VendorHttpClient.class.getPackage().getImplementationVersion())
          .map(version -> "/" + version)
          .orElse("");
    }

    /** What we call ourselves where the call itself does not; by default product and version. */
    public Builder userAgent(String text) {
      userAgent = text;
      return this;
    }

    /** How much of a body is taken before the call fails; by default 16 MiB. */
    public Builder maxBodyBytes(int bytes) {
      maxBodyBytes = bytes;
      return this;
    }

    /** By default 10 seconds. */
    public Builder connectTimeout(Duration longest) {
      connectTimeout = longest;
      return this;
    }

    /** What the log calls the vendor. */
    public Builder vendor(String name) {
      vendor = name;
      return this;
    }

    /**
     * How many calls may be under way at once; more wait within their deadline. By default 1,000.
     */
    public Builder maxConcurrentCalls(int most) {
      maxConcurrentCalls = most;
      return this;
    }

    /** How long a vendor is left alone that fails too often; by default 30 seconds. */
    public Builder circuitPause(Duration pause) {
      circuitPause = pause;
      return this;
    }

    public VendorHttpClient build() {
      return new VendorHttpClient(this);
    }
  }
}
