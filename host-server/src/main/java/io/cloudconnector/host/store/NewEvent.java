package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event for the operator.
 *
 * @param id unique for ever; appending the same id again changes nothing
 * @param time when the host wrote it
 * @param mediaType of the data
 * @param data the vendor's bytes, untouched; null for an event without any
 */
public record NewEvent(
    String id,
    String type,
    VendorType vendor,
    String userId,
    String subject,
    @Nullable String resourceType,
    @Nullable String resourceId,
    @Nullable String traceId,
    @Nullable String lane,
    Instant time,
    @Nullable String mediaType,
    @Nullable Bytes data) {}
