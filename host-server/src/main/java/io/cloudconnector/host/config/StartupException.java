package io.cloudconnector.host.config;

import java.util.Objects;

/**
 * The host, or a command, cannot go on because of something the operator can put right. The message
 * says what and how, and is shown alone, without a stack trace.
 */
public class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitStatus;

  /** A failure; the process ends with status 1. */
  public StartupException(String message) {
    this(message, 1);
  }

  /** A failure; the process ends with status 1. The cause is for debugging and is not shown. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
    this.exitStatus = 1;
  }

  protected StartupException(String message, int exitStatus) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /** A fault in the configuration or the way of use; the process ends with status 2. */
  public static StartupException configuration(String message) {
    return new StartupException(message, 2);
  }

  /** What the operator is told; never null. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** What the process ends with: 2 for configuration and usage, 1 for all else. */
  public final int exitStatus() {
    return exitStatus;
  }
}
