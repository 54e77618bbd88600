package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Set;

/**
 * A grant that is to be revoked at its vendor.
 *
 * @param credentials still sealed for this vendor, user and generation
 * @param dueAt when to try first
 * @param giveUpAt when to stop trying and erase the grant all the same
 */
public record NewRevocation(
    VendorType vendor,
    String userId,
    long generation,
    Set<String> accountIds,
    Set<String> scopes,
    Bytes credentials,
    Instant dueAt,
    Instant giveUpAt) {
  public NewRevocation {
    accountIds = Set.copyOf(accountIds);
    scopes = Set.copyOf(scopes);
  }
}
