package io.cloudconnector.host.store;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be opened. The message is one line for the operator, which names the database
 * and says what to do.
 */
public final class DatabaseStartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseStartupException(String message) {
    this(message, null);
  }

  DatabaseStartupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
