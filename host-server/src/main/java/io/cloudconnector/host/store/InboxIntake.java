package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes webhooks into the inbox, each dedupe key once. */
final class InboxIntake {
  private static final String ROW =
      """
      INSERT INTO inbox (line, vendor, account_id, user_id, lane, kind, resource_type, resource_id,
          resource_from, resource_to, hint, vendor_event_type, trace_id, dedupe_key, attributes,
          received_at, due_at, attempts, state, webhook_id, media_type, data, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '%s', ?, ?, ?, ?)
      """;

  static final String INSERT = ROW.formatted(InboxState.WAITING);
  private static final String ARRIVE = ROW.formatted(InboxState.ARRIVED);

  private final InboxLines lines;

  InboxIntake(InboxLines lines) {
    this.lines = lines;
  }

  /**
   * An entry on its way in, with what it came in.
   *
   * @param webhook where the body stands that it shares with others; else it has one of its own
   */
  private record Arrival(InboxEntry entry, @Nullable Long webhook, @Nullable Bytes body) {}

  /** How many entries of each webhook were new. */
  List<Integer> accept(Handle tx, List<NewWebhook> webhooks) {
    List<InboxEntry> all = webhooks.stream().flatMap(one -> one.entries().stream()).toList();
    List<Boolean> isNew = DedupeKeys.areNew(tx, all);
    AccountOwners owners = AccountOwners.of(tx, all);
    List<Arrival> arrivals = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    int at = 0;
    for (NewWebhook webhook : webhooks) {
      List<InboxEntry> fresh = new ArrayList<>();
      for (InboxEntry entry : webhook.entries()) {
        if (isNew.get(at++)) {
          fresh.add(owners.place(entry));
        }
      }
      arrivals.addAll(arrivals(tx, fresh, webhook.body()));
      counts.add(fresh.size());
    }
    insert(tx, arrivals);
    return counts;
  }

  /** Stores entries in the lines of their accounts, where nobody finds them yet. */
  void arrive(Handle tx, List<NewWebhook> webhooks) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    webhooks.stream()
        .flatMap(webhook -> arrivals(tx, webhook.entries(), webhook.body()).stream())
        .forEach(arrival -> rows.add(row(InboxLine.of(arrival.entry()), arrival)));
    DirectSql.batch(tx, ARRIVE, rows);
  }

  private static List<Arrival> arrivals(Handle tx, List<InboxEntry> fresh, Bytes body) {
    if (fresh.size() <= 1) {
      return fresh.stream().map(entry -> new Arrival(entry, null, body)).toList();
    }
    long webhook =
        tx.createQuery("INSERT INTO webhook (body) VALUES (:body) RETURNING id")
            .bind("body", body.toArray())
            .mapTo(Long.class)
            .one();
    return fresh.stream().map(entry -> new Arrival(entry, webhook, null)).toList();
  }

  private void insert(Handle tx, List<Arrival> arrivals) {
    if (arrivals.isEmpty()) {
      return;
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    Map<InboxLine, Instant> touched = new HashMap<>();
    for (Arrival arrival : arrivals) {
      InboxLine line = InboxLine.of(arrival.entry());
      touched.merge(line, arrival.entry().receivedAt(), WaitingRow::earlier);
      rows.add(row(line, arrival));
    }
    DirectSql.batch(tx, INSERT, rows);
    lines.look(tx, touched);
  }

  private static @Nullable Object[] row(InboxLine line, Arrival arrival) {
    return row(line, arrival.entry(), arrival.webhook(), arrival.body());
  }

  /** The values that {@link #INSERT} takes. */
  static @Nullable Object[] row(
      InboxLine line, InboxEntry entry, @Nullable Long webhook, @Nullable Bytes body) {
    InboxResource resource = entry.resource();
    long receivedAt = entry.receivedAt().toEpochMilli();
    return new @Nullable Object[] {
      line.name(),
      entry.vendor().name(),
      entry.accountId(),
      entry.userId(),
      entry.lane().word(),
      entry.kind().name(),
      resource.type(),
      resource.id(),
      resource.from(),
      resource.to(),
      resource.hint(),
      entry.vendorEventType(),
      entry.traceId(),
      entry.dedupeKey(),
      entry.attributes().isEmpty() ? "{}" : JsonText.of(entry.attributes()),
      receivedAt,
      receivedAt,
      webhook,
      entry.mediaType(),
      Columns.array(entry.data()),
      Columns.array(body)
    };
  }
}
