package io.cloudconnector.host.link;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.store.SealedFor;
import io.cloudconnector.host.store.StoredConnection;

/**
 * One consent of one person. Linking again makes the next generation; what was begun under an older
 * one cannot change the newer.
 */
public record Grant(VendorType vendor, String userId, long generation) {
  static Grant of(StoredConnection stored) {
    return new Grant(stored.vendor(), stored.userId(), stored.generation());
  }

  /** What the encrypted credentials are bound to: copied to another row they do not decrypt. */
  String identity() {
    return SealedFor.grant(vendor.name(), userId, generation);
  }

  /** The same for what the vendor answered to a refresh of it. */
  String repliesIdentity() {
    return SealedFor.refresh(vendor.name(), userId, generation);
  }
}
