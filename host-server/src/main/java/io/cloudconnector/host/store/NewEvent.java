package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event for the operator.
 *
 * @param id unique for ever; appending the same id again changes nothing
 * @param time when the host wrote it
 * @param mediaType of the data
 * @param data the vendor's bytes, untouched; null for an event without any
 * @param attributes the vendor's extras, by names that CloudEvents allows
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
    @Nullable Bytes data,
    Map<String, String> attributes) {
  public NewEvent {
    attributes = Map.copyOf(attributes);
  }

  /** An event without a vendor's extras. */
  public NewEvent(
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
      @Nullable Bytes data) {
    this(
        id,
        type,
        vendor,
        userId,
        subject,
        resourceType,
        resourceId,
        traceId,
        lane,
        time,
        mediaType,
        data,
        Map.of());
  }
}
