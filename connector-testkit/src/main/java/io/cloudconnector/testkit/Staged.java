package io.cloudconnector.testkit;

import io.cloudconnector.api.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A connector at a host of its own, before a stub of its vendor. */
interface Staged {
  ConnectorUnderTest connector();

  FakeHost host();

  /** A link whose access token is good for an hour more. */
  default FakeConnection linked() {
    return linked(now().plus(Duration.ofHours(1)));
  }

  default FakeConnection linked(Instant accessUntil) {
    Credentials credentials =
        connector().credentials(Leaks.OLD_ACCESS, Leaks.OLD_REFRESH, accessUntil);
    return host().connection(credentials);
  }

  default Instant now() {
    return host().context().clock().instant();
  }

  default boolean canRefresh() {
    return host().context().config().endpoint("token").isPresent();
  }

  /** From now on the vendor gives the new pair of tokens. */
  default void vendorRefreshes() {
    host()
        .vendor()
        .on(
            StubVendor.ANY,
            host().path("token"),
            connector().tokens(Leaks.NEW_ACCESS, Leaks.NEW_REFRESH));
  }

  /** What was asked besides for tokens. */
  default List<RecordedCall> dataCalls() {
    String token = canRefresh() ? host().path("token") : "";
    return host().vendor().calls().stream().filter(call -> !call.path().equals(token)).toList();
  }
}
