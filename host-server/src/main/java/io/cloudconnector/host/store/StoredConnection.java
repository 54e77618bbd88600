package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One user's link to one vendor, as stored. Times are UTC, to the millisecond.
 *
 * @param generation 1 for the first grant, one more with each new one
 * @param credentials sealed; null once revoked
 * @param credentialsVersion grows with each save, so that a late save is noticed
 * @param lastPullAt when data was last fetched; null before the first time
 */
public record StoredConnection(
    VendorType vendor,
    String userId,
    long generation,
    ConnectionStatus status,
    Set<String> accountIds,
    Set<String> scopes,
    @Nullable Bytes credentials,
    long credentialsVersion,
    Instant linkedAt,
    @Nullable Instant lastPullAt,
    @Nullable Instant accessUntil,
    @Nullable Instant refreshUntil) {
  public StoredConnection {
    accountIds = Set.copyOf(accountIds);
    scopes = Set.copyOf(scopes);
  }
}
