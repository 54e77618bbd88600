package io.cloudconnector.testkit;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Intake;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.core.DeclaredHosts;
import io.cloudconnector.core.VendorHttpClient;
import io.cloudconnector.core.WebhookIntake;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the host gives a connector, in memory, with the host's real HTTP client and its real way in
 * for webhooks. Thread-safe once the connector is made.
 */
public final class FakeContext implements ConnectorContext, AutoCloseable {
  private final FakeConfig config;
  private final SettableClock clock;
  private final Duration deadline;
  private final FakeLimits limits;
  private final FakeState state = new FakeState();
  private final RecordingStore store = new RecordingStore();
  private final VendorHttpClient client;
  private Optional<Intake> intake = Optional.empty();

  private FakeContext(Builder builder) {
    config = builder.config;
    clock = builder.clock;
    deadline = builder.deadline;
    limits = new FakeLimits(config.rateLimits(), clock);
    client =
        VendorHttpClient.create(DeclaredHosts.of(builder.descriptor, config), "connector-testkit");
  }

  /** Begins with the descriptor's defaults, 2026-01-15T08:00Z and a deadline of ten seconds. */
  public static Builder builder(Descriptor descriptor) {
    return new Builder(descriptor);
  }

  /** Makes the connector that {@link #intake} will lead to. */
  public CloudConnector create(ConnectorFactory factory) {
    CloudConnector connector = factory.create(this);
    intake = Optional.of(new WebhookIntake(config.vendor(), connector, store));
    return connector;
  }

  @Override
  public FakeConfig config() {
    return config;
  }

  /**
   * The host's own client.
   *
   * @throws AssertionError out of {@link VendorHttp#send} when a {@link StubVendor} is asked what
   *     nobody wrote an answer for; not an exception that a connector may handle
   */
  @Override
  public VendorHttp http() {
    VendorHttp http = client.with(limits, deadline);
    return call -> StubVendor.scripted(http.send(call));
  }

  @Override
  public FakeState state() {
    return state;
  }

  @Override
  public FakeLimits limits() {
    return limits;
  }

  /**
   * The host's own intake.
   *
   * @throws IllegalStateException before {@link #create}
   */
  @Override
  public Intake intake() {
    return intake.orElseThrow(
        () -> new IllegalStateException("make the connector with FakeContext.create first"));
  }

  @Override
  public SettableClock clock() {
    return clock;
  }

  /** What came through {@link #intake}. */
  public RecordingStore store() {
    return store;
  }

  @Override
  public void close() {
    client.close();
  }

  /** Collects a {@link FakeContext}. Not thread-safe. */
  public static final class Builder {
    private final Descriptor descriptor;
    private FakeConfig config;
    private SettableClock clock = SettableClock.at(Instant.parse("2026-01-15T08:00:00Z"));
    private Duration deadline = Duration.ofSeconds(10);

    private Builder(Descriptor descriptor) {
      this.descriptor = descriptor;
      this.config = FakeConfig.of(descriptor);
    }

    public Builder config(FakeConfig settings) {
      config = settings;
      return this;
    }

    public Builder clock(SettableClock settable) {
      clock = settable;
      return this;
    }

    /** Of each single vendor call. */
    public Builder deadline(Duration time) {
      deadline = time;
      return this;
    }

    public FakeContext build() {
      return new FakeContext(this);
    }
  }
}
