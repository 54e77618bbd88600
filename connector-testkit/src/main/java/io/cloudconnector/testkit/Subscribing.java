package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.SubscriptionResult;
import java.util.List;
import java.util.function.Consumer;

/** A connector that brings its subscriptions in order, at a host of its own. */
record Subscribing(FakeHost host, SubscriptionSample sample) {
  /** Skipped where the connector makes no calls for it. */
  static void by(ConnectorUnderTest connector, Consumer<Subscribing> test) {
    assumeTrue(connector.subscriptions().isPresent(), "the connector does not subscribe by calls");
    try (FakeHost host = FakeHost.of(connector.factory(), connector::configure)) {
      test.accept(new Subscribing(host, connector.subscriptions().orElseThrow()));
    }
  }

  /** What the sample wants. */
  FakeSubscriptionRequest wanted() {
    return FakeSubscriptionRequest.wanting(sample.wanted());
  }

  SubscriptionResult reconcile(FakeSubscriptionRequest request) {
    return reconcile(host, request);
  }

  static SubscriptionResult reconcile(FakeHost host, FakeSubscriptionRequest request) {
    return host.connector()
        .subscriptions()
        .orElseThrow(() -> new AssertionError("the connector has no subscriptions()"))
        .reconcile(request);
  }

  /**
   * Exactly these calls must be made, in whatever order.
   *
   * @param beginning the method of the sample that shows them
   */
  SubscriptionResult asked(
      String beginning, List<Exchange> exchanges, FakeSubscriptionRequest request) {
    assertThat(exchanges).as("calls that SubscriptionSample.%s(…) shows", beginning).isNotEmpty();
    Exchange.play(host, exchanges);
    int before = host.vendor().calls().size();
    SubscriptionResult result = reconcile(request);
    List<RecordedCall> calls = host.vendor().calls();
    assertThat(calls.subList(before, calls.size()))
        .as("calls that reconcile makes, against those of SubscriptionSample.%s(…)", beginning)
        .extracting(RecordedCall::toString)
        .containsExactlyInAnyOrderElementsOf(
            exchanges.stream().map(exchange -> exchange.address(host)).toList());
    return result;
  }

  /** As {@link #asked} when the vendor has nothing of ours. */
  SubscriptionResult.UpToDate askedForAll() {
    return upToDate(asked("missing", sample.missing(), wanted()));
  }

  SubscriptionResult.UpToDate upToDate(SubscriptionResult result) {
    assertThat(result)
        .as("what reconcile says when all is in order")
        .isInstanceOf(SubscriptionResult.UpToDate.class);
    SubscriptionResult.UpToDate upToDate = (SubscriptionResult.UpToDate) result;
    assertThat(upToDate.checkAgainAt())
        .as("when to look again")
        .isAfter(host.context().clock().instant());
    return upToDate;
  }

  /** The calls so far that name the address to send to. */
  List<RecordedCall> subscribingCalls() {
    return host.vendor().calls().stream().filter(Subscribing::namesTheCallback).toList();
  }

  /** JSON may write a slash as {@code \/}. */
  static boolean namesTheCallback(RecordedCall call) {
    String address = FakeSubscriptionRequest.CALLBACK.toString();
    return call.carries(address) || call.body().replace("\\/", "/").contains(address);
  }
}
