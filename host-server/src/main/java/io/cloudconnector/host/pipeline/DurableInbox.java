package io.cloudconnector.host.pipeline;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.Notice;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.api.WebhookException;
import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.core.Masked;
import io.cloudconnector.core.WebhookStore;
import io.cloudconnector.host.observe.Metrics;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.DatabaseException;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.NewQuarantine;
import io.cloudconnector.host.store.NewWebhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one vendor's verified notices are made durable before the vendor gets its 2xx. Thread-safe.
 */
public final class DurableInbox implements WebhookStore {
  private static final Logger log = LoggerFactory.getLogger(DurableInbox.class);

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final Descriptor connector;
  private final VendorType vendor;
  private final SharedInbox inbox;
  private final UnknownTypes unknownTypes;
  private final Metrics metrics;

  public DurableInbox(
      Descriptor connector, SharedInbox inbox, UnknownTypes unknownTypes, Metrics metrics) {
    this.connector = connector;
    this.vendor = connector.vendor();
    this.inbox = inbox;
    this.unknownTypes = unknownTypes;
    this.metrics = metrics;
  }

  @Override
  public void accept(WebhookRequest request, List<WebhookEvent> events) {
    List<InboxEntry> entries = new ArrayList<>();
    List<NewQuarantine> unreadable = new ArrayList<>();
    for (WebhookEvent event : events) {
      if (event.notice() instanceof Notice.Unreadable item) {
        unreadable.add(quarantined(request, item.where() + ": " + Masked.words(item.why())));
      } else {
        entries.add(InboxEntries.of(vendor, event, request.receivedAt()));
      }
    }
    int fresh = durably(new NewWebhook(entries, unreadable, Bytes.of(request.body())));
    count(fresh, entries.size() - fresh, unreadable.size());
    entries.stream()
        .map(entry -> entry.resource().type())
        .filter(Objects::nonNull)
        .forEach(type -> unknownTypes.seen(connector, type));
    if (fresh < entries.size()) {
      log.atInfo()
          .addKeyValue("vendor", vendor)
          .log("{} notice(s) came again and change nothing", entries.size() - fresh);
    }
  }

  @Override
  public void quarantine(WebhookRequest request, String why) {
    durably(
        new NewWebhook(List.of(), List.of(quarantined(request, why)), Bytes.of(request.body())));
    count(0, 0, 1);
  }

  private void count(int fresh, int repeated, int unreadable) {
    metrics.eventsAccepted(vendor, fresh);
    metrics.eventsDuplicate(vendor, repeated);
    metrics.eventsUnreadable(vendor, unreadable);
  }

  private NewQuarantine quarantined(WebhookRequest request, String why) {
    return new NewQuarantine(
        vendor,
        request.receivedAt(),
        request.method(),
        request.externalUrl().toString(),
        request instanceof HeaderSource source ? withoutCredentials(source.headers()) : Map.of(),
        Bytes.of(request.body()),
        printable(why));
  }

  /** A connector may quote what it choked on, and not every text can be stored. */
  private static String printable(String text) {
    return text.codePoints()
        .map(point -> isPrintable(point) ? point : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPrintable(int point) {
    return !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
  }

  /**
   * Some vendors prove themselves by a secret that never changes; it must not lie there in clear.
   */
  private static Map<String, List<String>> withoutCredentials(Map<String, List<String>> headers) {
    Map<String, List<String>> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    kept.putAll(headers);
    CREDENTIALS.forEach(kept::remove);
    return kept;
  }

  private int durably(NewWebhook webhook) {
    try {
      return inbox.accept(webhook);
    } catch (DatabaseException e) {
      WebhookException unavailable =
          WebhookException.unavailable("cannot be stored now: " + e.getMessage());
      unavailable.initCause(e);
      throw unavailable;
    }
  }
}
