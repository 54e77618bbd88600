package io.cloudconnector.testkit;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Refreshed;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A connector between a fake host and a stub of its vendor, ready to be called. */
public final class FakeHost implements AutoCloseable {
  private final StubVendor vendor;
  private final FakeContext context;
  private final CloudConnector connector;

  private FakeHost(StubVendor vendor, FakeContext context, CloudConnector connector) {
    this.vendor = vendor;
    this.context = context;
    this.connector = connector;
  }

  /** With the descriptor's defaults, all addresses at the stub. */
  public static FakeHost of(ConnectorFactory factory) {
    return of(factory, UnaryOperator.identity());
  }

  /** With settings of the test's own on top. */
  public static FakeHost of(ConnectorFactory factory, UnaryOperator<FakeConfig> settings) {
    return of(factory, settings, Duration.ofSeconds(10));
  }

  /** With a deadline for each vendor call. */
  public static FakeHost of(
      ConnectorFactory factory, UnaryOperator<FakeConfig> settings, Duration deadline) {
    Descriptor descriptor = factory.descriptor();
    StubVendor vendor = StubVendor.start();
    FakeContext context =
        FakeContext.builder(descriptor)
            .config(settings.apply(FakeConfig.of(descriptor).servedBy(vendor)))
            .deadline(deadline)
            .build();
    return new FakeHost(vendor, context, context.create(factory));
  }

  public StubVendor vendor() {
    return vendor;
  }

  public FakeContext context() {
    return context;
  }

  public CloudConnector connector() {
    return connector;
  }

  public FakeConnection connection(Credentials credentials) {
    return new FakeConnection(connector, context, credentials);
  }

  /** Asks the connector to refresh, once, and shows what it says. */
  public Refreshed refresh(Credentials current) {
    return connector
        .linking()
        .refresh(
            new FakeConnection.FakeRefresh(current, context.config().scopes(), context.http()));
  }

  /**
   * Where the stub sees calls to an endpoint of the descriptor.
   *
   * @throws IllegalArgumentException when the descriptor has none of this name
   */
  public String path(String endpoint) {
    return context
        .config()
        .endpoint(endpoint)
        .orElseThrow(() -> new IllegalArgumentException("no endpoint '" + endpoint + "'"))
        .getPath();
  }

  @Override
  public void close() {
    connector.close();
    context.close();
    vendor.close();
  }
}
