package io.cloudconnector.host.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a database that cannot serve just now from one that refuses. */
final class Failures {
  /** Classes of SQLSTATE: connection, resources, operator intervention, system error. */
  private static final Set<String> PASSING = Set.of("08", "53", "57", "58");

  /** The class for what was rolled back: a deadlock, a failed serialization. */
  private static final String ROLLED_BACK = "40";

  /** A lock that did not come in time; a server that has become a read-only standby. */
  private static final Set<String> PASSING_STATES = Set.of("55P03", "25006", "25P03");

  private static final Set<SQLiteErrorCode> PASSING_CODES =
      Set.of(
          SQLiteErrorCode.SQLITE_BUSY,
          SQLiteErrorCode.SQLITE_LOCKED,
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_NOMEM,
          SQLiteErrorCode.SQLITE_INTERRUPT,
          SQLiteErrorCode.SQLITE_PROTOCOL);

  private Failures() {}

  static DatabaseException of(RuntimeException failure) {
    SQLException cause = sqlCause(failure);
    if (cause == null) {
      return new DatabaseException("the database layer failed", failure);
    }
    String state = cause.getSQLState();
    if (state != null && state.startsWith(ROLLED_BACK)) {
      return new DatabaseConflictException("the database is busy: " + told(cause), failure);
    }
    return failure instanceof ConnectionException || isPassing(cause)
        ? new DatabaseUnavailableException("the database is unavailable: " + told(cause), failure)
        : new DatabaseException("the database refused: " + told(cause), failure);
  }

  static DatabaseStartupException atStart(DatabaseAddress address, RuntimeException failure) {
    if (failure instanceof DatabaseStartupException told) {
      return told;
    }
    SQLException cause = sqlCause(failure);
    String why = cause == null ? String.valueOf(failure.getMessage()) : told(cause);
    String fix =
        switch (address) {
          case DatabaseAddress.Sqlite _ -> "check the file and the disk, or restore a backup";
          case DatabaseAddress.Postgresql _ ->
              "check that the server runs, and database.url, username and password";
        };
    return new DatabaseStartupException(
        "cannot open the database " + address.name() + " (" + oneLine(why) + "); " + fix, failure);
  }

  private static boolean isPassing(SQLException cause) {
    if (cause instanceof SQLiteException sqlite) {
      int primary = sqlite.getResultCode().code & 0xff;
      return PASSING_CODES.contains(SQLiteErrorCode.getErrorCode(primary));
    }
    String state = cause.getSQLState();
    return cause instanceof SQLTransientException
        || cause instanceof SQLRecoverableException
        || cause instanceof SQLNonTransientConnectionException
        || (state != null
            && state.length() == 5
            && (PASSING.contains(state.substring(0, 2)) || PASSING_STATES.contains(state)));
  }

  /** The innermost: a pool's timeout wraps what the server said. */
  private static @Nullable SQLException sqlCause(Throwable failure) {
    SQLException found = null;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql) {
        found = sql;
      }
    }
    return found;
  }

  private static String told(SQLException cause) {
    return oneLine(String.valueOf(cause.getMessage()));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
