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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls to one vendor, over connections that all its users share. Redirects are not followed,
 * bodies are capped, and only declared hosts are called. Thread-safe; blocks, so call it on virtual
 * threads.
 */
public final class VendorHttpClient implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VendorHttpClient.class);

  /** Methods that mean the same when they arrive twice (RFC 9110, 9.2.2). */
  private static final Set<String> REPEATABLE = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

  private static final Set<String> REPEATED_BY_THE_JDK = Set.of("GET", "HEAD");

  private final DeclaredHosts hosts;
  private final String userAgent;
  private final int maxBodyBytes;
  private final ExecutorService threads;
  private final HttpClient client;

  private VendorHttpClient(Builder builder) {
    hosts = builder.hosts;
    userAgent = builder.userAgent;
    maxBodyBytes = builder.maxBodyBytes;
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
   * @param deadline for each call as a whole, from connecting to the last byte, its repeat included
   */
  public VendorHttp with(CallGate gate, Duration deadline) {
    if (!deadline.isPositive()) {
      throw new IllegalArgumentException("a deadline must be longer than nothing");
    }
    return call -> send(call, gate, deadline);
  }

  private HttpReply send(HttpCall call, CallGate gate, Duration deadline) {
    hosts.check(call.uri());
    long end = System.nanoTime() + deadline.toNanos();
    try {
      return sendOnce(call, gate, end);
    } catch (BrokenConnectionException broken) {
      if (!REPEATABLE.contains(call.method())) {
        throw broken;
      }
      LOG.atDebug()
          .addKeyValue("host", call.uri().getHost())
          .log("the connection broke before an answer; sending the call once more");
      return sendOnce(call, gate, end);
    }
  }

  private HttpReply sendOnce(HttpCall call, CallGate gate, long end) {
    HttpRequest request = request(call);
    CallPermit permit = gate.enter(call);
    HttpReply reply;
    try {
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      reply = new VendorExchange(client, request, maxBodyBytes).send(left, threads);
    } catch (RuntimeException | Error failure) {
      permit.failed();
      throw failure;
    }
    permit.answered(reply);
    return reply;
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

    public VendorHttpClient build() {
      return new VendorHttpClient(this);
    }
  }
}
