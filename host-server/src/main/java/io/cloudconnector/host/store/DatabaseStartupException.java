package io.cloudconnector.host.store;

import io.cloudconnector.host.config.StartupException;

/**
 * The database cannot be opened. The message is one line for the operator, which names the database
 * and says what to do.
 */
public final class DatabaseStartupException extends StartupException {
  private static final long serialVersionUID = 1L;

  DatabaseStartupException(String message) {
    super(message);
  }

  DatabaseStartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
