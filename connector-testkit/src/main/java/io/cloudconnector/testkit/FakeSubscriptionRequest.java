package io.cloudconnector.testkit;

import io.cloudconnector.api.Connection;
import io.cloudconnector.api.SubscriptionRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** What a test wants to be subscribed to. Immutable; withers return copies. */
public final class FakeSubscriptionRequest implements SubscriptionRequest {
  /** Where the vendor should send, unless a test says otherwise. */
  public static final URI CALLBACK = URI.create("https://connect.example.com/webhooks/vendor");

  private final URI callbackUrl;
  private final Set<String> wantedTypes;
  private final Optional<Connection> connection;
  private final boolean takeOver;

  private FakeSubscriptionRequest(
      URI callbackUrl, Set<String> wantedTypes, Optional<Connection> connection, boolean takeOver) {
    this.callbackUrl = callbackUrl;
    this.wantedTypes = Set.copyOf(wantedTypes);
    this.connection = connection;
    this.takeOver = takeOver;
  }

  /** For the whole application, at {@link #CALLBACK}, leaving alone what points elsewhere. */
  public static FakeSubscriptionRequest wanting(Set<String> resourceTypes) {
    return new FakeSubscriptionRequest(CALLBACK, resourceTypes, Optional.empty(), false);
  }

  /** The vendor should send here instead. */
  public FakeSubscriptionRequest callbackUrl(URI address) {
    return new FakeSubscriptionRequest(address, wantedTypes, connection, takeOver);
  }

  /** For one person, at vendors that subscribe each. */
  public FakeSubscriptionRequest connection(Connection person) {
    return new FakeSubscriptionRequest(callbackUrl, wantedTypes, Optional.of(person), takeOver);
  }

  /** What points elsewhere may be replaced. */
  public FakeSubscriptionRequest takingOver() {
    return new FakeSubscriptionRequest(callbackUrl, wantedTypes, connection, true);
  }

  @Override
  public URI callbackUrl() {
    return callbackUrl;
  }

  @Override
  public Set<String> wantedTypes() {
    return wantedTypes;
  }

  @Override
  public Optional<Connection> connection() {
    return connection;
  }

  @Override
  public boolean takeOver() {
    return takeOver;
  }
}
