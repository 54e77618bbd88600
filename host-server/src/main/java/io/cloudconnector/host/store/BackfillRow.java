package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;

/**
 * A person's history, begun once.
 *
 * @param reason {@code link} or {@code request}
 * @param from inclusive
 * @param to exclusive
 */
public record BackfillRow(
    String id,
    VendorType vendor,
    String userId,
    String reason,
    Instant from,
    Instant to,
    Instant createdAt) {}
