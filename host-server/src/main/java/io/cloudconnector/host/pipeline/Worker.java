package io.cloudconnector.host.pipeline;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.InboxTask;
import io.cloudconnector.host.store.Lane;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Works in one line for a turn: of each task one attempt, then one transaction that logs its events
 * and closes or puts off its rows. A crash between the two leaves the rows as they were.
 * Thread-safe; but no two threads may be in the same line.
 */
final class Worker {
  /** A line that keeps nobody waiting saves the way back to its place for so many. */
  private static final int LONG_TURN = 8;

  private final Database database;
  private final InboxStore inbox;
  private final Attempt attempt;
  private final Settling settling;
  private final OutcomeLog outcomes;
  private final InstantSource clock;

  Worker(Database database, Attempt attempt, OutcomeLog outcomes, InstantSource clock) {
    this.database = database;
    this.inbox = new InboxStore(database);
    this.attempt = attempt;
    this.settling = new Settling(database);
    this.outcomes = outcomes;
    this.clock = clock;
  }

  /**
   * Does what is due, one task after the other.
   *
   * @param crowded whether others wait for the place: whoever comes new waits for a turn of each
   * @param stopping asked before each
   * @return why and how long the vendor's other lines have to wait too, if they have
   */
  Optional<Outcome.Pause> work(InboxLine line, boolean crowded, BooleanSupplier stopping) {
    // A page may take long, and what is live of the same person waits for it.
    int turn = crowded || line.lane() != Lane.LIVE ? 1 : LONG_TURN;
    for (int done = 0; done < turn && !stopping.getAsBoolean(); done++) {
      Instant now = clock.instant();
      Optional<InboxTask> task = inbox.next(line, now);
      if (task.isEmpty()) {
        database.execute(tx -> inbox.rest(tx, line, now));
        return Optional.empty();
      }
      Outcome outcome = attempt.at(task.get().row());
      if (outcome instanceof Outcome.Pause pause) {
        outcomes.paused(task.get(), pause);
        return Optional.of(pause);
      }
      Settled settled = settling.settle(new Settlement(task.get(), outcome, clock.instant()));
      outcomes.tell(task.get(), settled);
      if (!settled.more()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
