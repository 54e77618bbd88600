package io.cloudconnector.host.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** The inbox as its workers use it. */
final class TestInbox {
  private final Database database;
  private final InboxStore store;

  TestInbox(Database database) {
    this.database = database;
    this.store = new InboxStore(database);
  }

  /** As one webhook; returns how many were new. */
  int accept(List<InboxEntry> entries) {
    return database.write(tx -> accept(tx, entries));
  }

  int accept(Handle tx, List<InboxEntry> entries) {
    NewWebhook webhook = new NewWebhook(entries, List.of(), StoreTest.bytes("{}"));
    return store.accept(tx, List.of(webhook)).getFirst();
  }

  /** Of each line that is due its task, the longest due first. */
  List<InboxTask> tasks(Instant now, int limit) {
    return store.lines(StoreTest.ACME, Lane.LIVE, limit).stream()
        .filter(line -> !line.dueAt().isAfter(now))
        .map(line -> store.next(line.line(), now))
        .flatMap(Optional::stream)
        .toList();
  }

  /** When a line becomes due after now. */
  Optional<Instant> nextDue(Instant now) {
    return store.lines(StoreTest.ACME, Lane.LIVE, 1_000).stream()
        .map(DueLine::dueAt)
        .filter(time -> time.isAfter(now))
        .findFirst();
  }

  List<InboxRow> heads(Instant now, int limit) {
    return tasks(now, limit).stream().map(InboxTask::row).toList();
  }

  /** Changes a row, and notes when its line is to be looked at again. */
  void change(long id, Instant now, BiConsumer<Handle, Long> change) {
    database.execute(
        tx -> {
          InboxLine line =
              tx.createQuery("SELECT vendor, line, lane FROM inbox WHERE id = :id")
                  .bind("id", id)
                  .map(InboxRows::waitingLine)
                  .one();
          change.accept(tx, id);
          store.rest(tx, line, now);
        });
  }
}
