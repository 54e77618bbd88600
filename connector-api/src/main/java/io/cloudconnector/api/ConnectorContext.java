package io.cloudconnector.api;

import java.time.InstantSource;

/** Everything a connector gets from the host. Made by the host; thread-safe. */
public interface ConnectorContext {
  VendorConfig config();

  /** For calls of the application itself (subscriptions, key sets), without a person. */
  VendorHttp http();

  ConnectorState state();

  RateLimits limits();

  Intake intake();

  /** The only clock to use, so that tests can set it. */
  InstantSource clock();
}
