package io.cloudconnector.host.plugin;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Intake;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.ResourceType;
import io.cloudconnector.api.VendorConfig;
import io.cloudconnector.api.VendorHttp;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.CallGate;
import io.cloudconnector.core.VendorHttpClient;
import io.cloudconnector.host.config.SyncSettings;
import io.cloudconnector.host.containment.ContainedConnector;
import io.cloudconnector.host.limit.VendorLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * A connector at work, with the host's things for it. Thread-safe.
 *
 * @param sync what it keeps in step by itself
 * @param intake the one way in for its webhooks
 */
public record RunningConnector(
    Descriptor descriptor,
    VendorConfig config,
    SyncSettings sync,
    ContainedConnector connector,
    VendorHttpClient client,
    VendorLimits limits,
    Intake intake) {

  public VendorType vendor() {
    return descriptor.vendor();
  }

  /** A way to the vendor that counts its calls at a gate and gives each so much time. */
  public VendorHttp http(CallGate gate, Duration deadline) {
    return client.with(gate, deadline);
  }

  /** What to reserve before a fetch; one call for a type that the connector did not describe. */
  public int callsPerFetch(Resource resource) {
    return Optional.ofNullable(descriptor.resources().get(resource.type()))
        .map(ResourceType::callsPerFetch)
        .orElse(1);
  }

  @Override
  public String toString() {
    return descriptor.toString();
  }
}
