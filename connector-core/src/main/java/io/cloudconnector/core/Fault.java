package io.cloudconnector.core;

import io.cloudconnector.api.ConnectorException;

/** Tells what went wrong in a connector without repeating what it was working on. */
final class Fault {
  private Fault() {}

  /**
   * Our own exceptions in their own words; of any other only the kind and the place, since its
   * message may quote the body it choked on.
   */
  static String describe(Throwable fault) {
    if (fault instanceof ConnectorException) {
      return String.valueOf(fault.getMessage());
    }
    StackTraceElement[] trace = fault.getStackTrace();
    return fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
