package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.util.Optional;

/**
 * Which quarantined requests are meant: those that agree with everything that is given.
 *
 * @param why how the reason begins; it may go on with an address or an id
 */
public record QuarantineKind(Optional<VendorType> vendor, Optional<String> why) {
  /** All of them. */
  public static final QuarantineKind ALL = new QuarantineKind(Optional.empty(), Optional.empty());

  Conditions conditions() {
    return new Conditions().equal("vendor", vendor.map(VendorType::name)).begins("why", why);
  }
}
