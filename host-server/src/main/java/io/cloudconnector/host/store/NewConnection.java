package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A grant that a user has just given.
 *
 * @param generation what {@link ConnectionStore#nextGeneration} said in this transaction; the
 *     credentials are sealed for it
 * @param accountIds the vendor's names for the account; none only at a vendor without webhooks
 * @param scopes what the vendor granted
 * @param credentials sealed
 * @param accessUntil when the access token expires, where the vendor says so
 * @param refreshUntil when the refresh token expires, where the vendor says so
 */
public record NewConnection(
    VendorType vendor,
    String userId,
    long generation,
    Set<String> accountIds,
    Set<String> scopes,
    Bytes credentials,
    Instant linkedAt,
    @Nullable Instant accessUntil,
    @Nullable Instant refreshUntil) {
  public NewConnection {
    accountIds = Set.copyOf(accountIds);
    scopes = Set.copyOf(scopes);
  }
}
