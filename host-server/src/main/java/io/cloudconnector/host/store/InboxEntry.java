package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One accepted change.
 *
 * @param accountId the vendor's name for whom it concerns
 * @param userId whom it concerns; null until the account is mapped
 * @param lane why it is fetched
 * @param data what a {@link InboxKind#CARRIED} notice brought, else null
 * @param mediaType of the data
 * @param vendorEventType the vendor's own word for the event
 * @param dedupeKey tells a repetition from a new change; null where none can be told
 * @param attributes the vendor's extras
 * @param receivedAt when it came in, which is also when it is first due
 */
public record InboxEntry(
    VendorType vendor,
    String accountId,
    @Nullable String userId,
    Lane lane,
    InboxKind kind,
    InboxResource resource,
    @Nullable Bytes data,
    @Nullable String mediaType,
    String vendorEventType,
    String traceId,
    @Nullable String dedupeKey,
    Map<String, String> attributes,
    Instant receivedAt) {
  public InboxEntry {
    attributes = Map.copyOf(attributes);
  }

  /** The same, known to be this user's. */
  InboxEntry of(String owner) {
    return new InboxEntry(
        vendor,
        accountId,
        owner,
        lane,
        kind,
        resource,
        data,
        mediaType,
        vendorEventType,
        traceId,
        dedupeKey,
        attributes,
        receivedAt);
  }

  /** The same change, told by a later notice. */
  InboxEntry toldBy(InboxEntry later) {
    return new InboxEntry(
        vendor,
        accountId,
        userId,
        lane,
        kind,
        resource,
        data,
        mediaType,
        later.vendorEventType,
        later.traceId,
        dedupeKey,
        later.attributes,
        receivedAt);
  }
}
