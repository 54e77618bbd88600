package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that was given up, as an operator looks at it.
 *
 * @param userId null while nobody is mapped to the account
 * @param eventType the vendor's own word
 * @param why what the last attempt said
 */
public record DeadLetter(
    long id,
    VendorType vendor,
    @Nullable String userId,
    String accountId,
    String eventType,
    @Nullable String resourceType,
    @Nullable String resourceId,
    String traceId,
    Instant receivedAt,
    int attempts,
    @Nullable String why) {}
