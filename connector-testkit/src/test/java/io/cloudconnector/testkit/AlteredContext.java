package io.cloudconnector.testkit;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorState;
import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.Intake;
import io.cloudconnector.api.RateLimits;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorHttp;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** A context in which a sound connector's calls for the application get a fault on their way. */
record AlteredContext(ConnectorContext sound, UnaryOperator<HttpCall> fault)
    implements ConnectorContext {
  @Override
  public VendorHttp http() {
    return call -> sound.http().send(fault.apply(call));
  }

  @Override
  public VendorConfig config() {
    return sound.config();
  }

  @Override
  public ConnectorState state() {
    return sound.state();
  }

  @Override
  public RateLimits limits() {
    return sound.limits();
  }

  @Override
  public Intake intake() {
    return sound.intake();
  }

  @Override
  public InstantSource clock() {
    return sound.clock();
  }
}
