package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.util.Optional;

/**
 * Which dead letters are meant: those that agree with everything that is given.
 *
 * @param why how the reason begins; it may go on with an address or an id
 */
public record DeadLetterKind(
    Optional<VendorType> vendor,
    Optional<String> resourceType,
    Optional<String> userId,
    Optional<String> why) {
  /** All of them. */
  public static final DeadLetterKind ALL =
      new DeadLetterKind(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  Conditions conditions() {
    return new Conditions()
        .equal("vendor", vendor.map(VendorType::name))
        .equal("resource_type", resourceType)
        .equal("user_id", userId)
        .begins("last_error", why);
  }
}
