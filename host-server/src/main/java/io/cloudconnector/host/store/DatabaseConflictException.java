package io.cloudconnector.host.store;

/**
 * The database undid a transaction to end a deadlock; done again at once, it mostly goes through.
 */
final class DatabaseConflictException extends DatabaseUnavailableException {
  private static final long serialVersionUID = 1L;

  DatabaseConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
