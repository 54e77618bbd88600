package io.cloudconnector.host.store;

/**
 * The database cannot serve just now: the connection is lost, a lock or a free connection did not
 * come in time, or the disk is full. The same call may work later; a web request answers 503.
 */
public sealed class DatabaseUnavailableException extends DatabaseException
    permits DatabaseConflictException {
  private static final long serialVersionUID = 1L;

  DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  private DatabaseUnavailableException(String message) {
    super(message);
  }

  static DatabaseUnavailableException behind(int waiting) {
    return new DatabaseUnavailableException(
        "the database does not keep up: " + waiting + " writes wait for it");
  }

  static DatabaseUnavailableException closed() {
    return new DatabaseUnavailableException("the database is being closed");
  }
}
