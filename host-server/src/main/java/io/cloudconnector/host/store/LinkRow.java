package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invitation for one user to link one vendor.
 *
 * @param tokenHash the hash of the token in the link; the token itself is never stored
 * @param returnUrl where the browser goes in the end; null for a plain page
 * @param options what the operator set for this link
 * @param spentAt when the link was used; null while it is good
 */
public record LinkRow(
    String tokenHash,
    VendorType vendor,
    String userId,
    @Nullable String returnUrl,
    Map<String, String> options,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant spentAt) {
  public LinkRow {
    options = Map.copyOf(options);
  }
}
