package io.cloudconnector.host.plugin;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.Masked;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors at work, by vendor, and why others that should be are not. Thread-safe. */
public final class RunningConnectors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningConnectors.class);

  private final Map<VendorType, RunningConnector> byVendor = new ConcurrentHashMap<>();
  private final Map<VendorType, String> missing = new ConcurrentHashMap<>();

  public void add(RunningConnector connector) {
    byVendor.put(connector.vendor(), connector);
  }

  /** Says why there is none of a vendor that is configured. */
  public void miss(VendorType vendor, String why) {
    missing.put(vendor, why);
  }

  public Optional<RunningConnector> find(VendorType vendor) {
    return Optional.ofNullable(byVendor.get(vendor));
  }

  /** Vendors that are configured but have no connector at work, and why. */
  public Map<VendorType, String> missing() {
    return Map.copyOf(missing);
  }

  public Collection<RunningConnector> all() {
    return List.copyOf(byVendor.values());
  }

  /** Closes each; one that throws does not stop the others. */
  @Override
  public void close() {
    for (RunningConnector connector : byVendor.values()) {
      try {
        connector.connector().close();
      } catch (RuntimeException e) {
        log.atWarn()
            .addKeyValue("vendor", connector.vendor())
            .log(
                "The connector did not close cleanly ({}); the host stops all the same",
                Masked.told(e));
      }
      connector.client().close();
    }
  }
}
