package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.InboxTask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Works in one line for a turn. Thread-safe; but no two threads may be in the same line. */
final class LineWorker {
  /** After so many the others have their turn. */
  private static final int TURN = 8;

  private final Database database;
  private final InboxStore inbox;
  private final Worker worker;
  private final InstantSource clock;

  LineWorker(Database database, Worker worker, InstantSource clock) {
    this.database = database;
    this.inbox = new InboxStore(database);
    this.worker = worker;
    this.clock = clock;
  }

  /**
   * Does what is due, one task after the other.
   *
   * @param stopping asked before each
   */
  void work(InboxLine line, BooleanSupplier stopping) {
    for (int done = 0; done < TURN && !stopping.getAsBoolean(); done++) {
      Instant now = clock.instant();
      Optional<InboxTask> task = inbox.next(line, now);
      if (task.isEmpty()) {
        database.execute(tx -> inbox.rest(tx, line, now));
        return;
      }
      if (!worker.work(task.get())) {
        return;
      }
    }
  }
}
