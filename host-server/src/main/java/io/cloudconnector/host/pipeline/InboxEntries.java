package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.Notice;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxKind;
import io.cloudconnector.host.store.InboxResource;
import io.cloudconnector.host.store.Lane;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what a connector read out of a webhook into what the inbox stores. */
final class InboxEntries {
  private InboxEntries() {}

  static InboxEntry of(VendorType vendor, WebhookEvent event, Instant receivedAt) {
    return switch (event.notice()) {
      case Notice.Changed changed ->
          entry(
              vendor,
              event,
              changed.accountId(),
              InboxKind.CHANGED,
              StoredResource.of(changed.resource()),
              null,
              receivedAt);
      case Notice.Deleted deleted ->
          entry(
              vendor,
              event,
              deleted.accountId(),
              InboxKind.DELETED,
              StoredResource.of(deleted.resource()),
              null,
              receivedAt);
      case Notice.Carried carried ->
          entry(
              vendor,
              event,
              carried.accountId(),
              InboxKind.CARRIED,
              StoredResource.of(carried.data().resource()),
              carried.data(),
              receivedAt);
      case Notice.AccessWithdrawn withdrawn ->
          entry(
              vendor,
              event,
              withdrawn.accountId(),
              InboxKind.ACCESS_WITHDRAWN,
              InboxResource.NONE,
              null,
              receivedAt);
      case Notice.Unreadable _ ->
          throw new IllegalArgumentException("an unreadable item belongs in quarantine");
    };
  }

  private static InboxEntry entry(
      VendorType vendor,
      WebhookEvent event,
      String accountId,
      InboxKind kind,
      InboxResource resource,
      @Nullable VendorData carried,
      Instant receivedAt) {
    return new InboxEntry(
        vendor,
        accountId,
        null,
        Lane.LIVE,
        kind,
        resource,
        carried == null ? null : Bytes.of(carried.bytes()),
        carried == null ? null : carried.mediaType(),
        event.vendorType().orElse(kind.name().toLowerCase(Locale.ROOT)),
        traceId(event),
        event.dedupeKey().map(EventId::digest).orElse(null),
        event.attributes(),
        receivedAt);
  }

  /** A repeated notice gets the same minted id, where it can be told that it is one. */
  private static String traceId(WebhookEvent event) {
    return event
        .traceId()
        .or(() -> event.dedupeKey().map(EventId::of))
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
