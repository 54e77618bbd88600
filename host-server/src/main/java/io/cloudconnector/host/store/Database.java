package io.cloudconnector.host.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The open database, migrated to this version's schema. Safe for use by many threads.
 *
 * <p>On SQLite all writes queue for one connection and reads go past them; what {@link #read} sees
 * inside a {@link #write} is the state before it, so a transaction reads through its own handle.
 */
public final class Database implements AutoCloseable {
  /** How often a transaction is tried that others' locks stood in the way of. */
  private static final int TRIES = 3;

  private final Dialect dialect;
  private final HikariDataSource readPool;
  private final HikariDataSource writePool;
  private final Jdbi reader;
  private final Jdbi writer;
  private final GroupCommit groups = new GroupCommit(this::execute);
  private final Signal arrivalSignal = new Signal();
  private final Signal inboxSignal = new Signal();
  private final Signal eventSignal = new Signal();
  private final LongAdder reads = new LongAdder();
  private volatile boolean writesFail;

  private Database(Dialect dialect, HikariDataSource readPool, HikariDataSource writePool) {
    this.dialect = dialect;
    this.readPool = readPool;
    this.writePool = writePool;
    this.reader = Pools.jdbi(readPool, dialect);
    this.writer = Pools.jdbi(writePool, dialect);
  }

  /**
   * Opens the database, creating and migrating it where needed.
   *
   * @param jdbcUrl {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql:…}
   * @param username for PostgreSQL; null where the URL or the server knows
   * @param password for PostgreSQL; null likewise
   * @param base what a relative SQLite file is relative to
   * @throws DatabaseStartupException with one line that names the fault and the fix
   */
  public static Database open(
      String jdbcUrl, @Nullable String username, @Nullable String password, Path base) {
    DatabaseAddress address = DatabaseAddress.parse(jdbcUrl, username, password, base);
    Migration.run(address);
    HikariDataSource writePool = Pools.writePool(address);
    try {
      return new Database(address.dialect(), Pools.readPool(address, writePool), writePool);
    } catch (RuntimeException e) {
      writePool.close();
      throw Failures.atStart(address, e);
    }
  }

  /**
   * Has this process be the only host on a database, where there can be only one: on SQLite. To be
   * called before {@link #open}.
   *
   * @return to be closed after the database
   * @throws DatabaseStartupException when there is another
   */
  public static AutoCloseable claim(String jdbcUrl, Path base) {
    return DatabaseAddress.parse(jdbcUrl, null, null, base).claim();
  }

  /**
   * Brings the schema to this version and closes the database again.
   *
   * @throws DatabaseStartupException as {@link #open}
   */
  public static void migrate(
      String jdbcUrl, @Nullable String username, @Nullable String password, Path base) {
    Migration.run(DatabaseAddress.parse(jdbcUrl, username, password, base));
  }

  public Dialect dialect() {
    return dialect;
  }

  /** How many look-ups were asked for so far. */
  public long reads() {
    return reads.sum();
  }

  /** Raised after each commit that stored what is yet to be put in line. */
  public Signal arrivalSignal() {
    return arrivalSignal;
  }

  /** Raised after each commit that put something into the inbox. */
  public Signal inboxSignal() {
    return inboxSignal;
  }

  /** Raised after each commit that appended to the event log. */
  public Signal eventSignal() {
    return eventSignal;
  }

  /**
   * Runs look-ups; each statement sees what was committed before it.
   *
   * @throws DatabaseUnavailableException when it may work later
   * @throws DatabaseException when the database refuses
   */
  public <T extends @Nullable Object> T read(Function<Handle, T> work) {
    reads.increment();
    try {
      return reader.withHandle(work::apply);
    } catch (JdbiException e) {
      throw Failures.of(e);
    }
  }

  /**
   * Runs one transaction: on disk once this returns, and undone wholly when the work throws. What
   * the database undid to end a deadlock is done again, so the work must not mind running twice.
   *
   * @throws DatabaseUnavailableException when it may work later
   * @throws DatabaseException when the database refuses
   */
  public <T extends @Nullable Object> T write(Function<Handle, T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return writer.inTransaction(work::apply);
      } catch (JdbiException e) {
        DatabaseException failure = failedWrite(e);
        if (tries == TRIES || !(failure instanceof DatabaseConflictException)) {
          throw failure;
        }
      }
    }
  }

  /** {@link #write} without a result. */
  public void execute(Consumer<Handle> work) {
    this.<@Nullable Void>write(
        tx -> {
          work.accept(tx);
          return null;
        });
  }

  /**
   * Does one item of work in a transaction shared with what other threads bring at the same time.
   * On disk once this returns.
   *
   * @param patience how long to wait
   * @throws DatabaseUnavailableException when it may work later; nothing was done then, unless the
   *     commit was under way already
   * @throws DatabaseException when the database refuses this item
   */
  public <I, O> O together(GroupedWork<I, O> work, I item, Duration patience) {
    return groups.run(work, item, patience);
  }

  /** Shared transactions so far, the items in them, and the items that wait now. */
  public GroupCounts groupCounts() {
    return new GroupCounts(groups.commits(), groups.items(), groups.waiting());
  }

  private DatabaseException failedWrite(JdbiException e) {
    DatabaseException failure = Failures.of(e);
    // Never to false here: another thread may have set it meanwhile.
    if (failure instanceof DatabaseUnavailableException) {
      writesFail = true;
    }
    return failure;
  }

  /**
   * Whether it takes writes: once one has failed, as a small one goes now. Others that succeed tell
   * nothing, since many change nothing and need no disk.
   *
   * @throws DatabaseUnavailableException when it cannot even be read
   */
  public boolean isWritable() {
    read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
    if (!writesFail) {
      return true;
    }
    // Before it: what fails meanwhile counts.
    writesFail = false;
    try {
      // No vendor's name begins with a hyphen.
      execute(
          tx ->
              tx.execute(
                  """
                  INSERT INTO dedupe (vendor, dedupe_key, seen_at) VALUES ('-', 'probe', 0)
                    ON CONFLICT (vendor, dedupe_key) DO UPDATE SET seen_at = dedupe.seen_at + 1
                  """));
      return true;
    } catch (DatabaseException e) {
      writesFail = true;
      return false;
    }
  }

  /** Waits for nobody: what still runs fails. */
  @Override
  public void close() {
    try {
      groups.close();
      readPool.close();
    } finally {
      writePool.close();
    }
  }
}
