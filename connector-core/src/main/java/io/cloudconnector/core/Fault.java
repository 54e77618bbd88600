package io.cloudconnector.core;

import io.cloudconnector.api.ConnectorException;

/** Tells what went wrong in a connector without repeating what it was working on. */
final class Fault {
  private static final String API = ConnectorException.class.getPackageName() + ".";

  private Fault() {}

  /**
   * Our own exceptions in their own words; of any other only the kind and the place, since its
   * message may quote the body it choked on.
   */
  static String describe(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    if (fault instanceof ConnectorException || isRefusedByApi(fault, trace)) {
      return Masked.words(fault.getMessage());
    }
    return fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** The checks of connector-api tell the rule that was broken, and never the value. */
  private static boolean isRefusedByApi(Throwable fault, StackTraceElement[] trace) {
    return fault instanceof IllegalArgumentException
        && trace.length > 0
        && trace[0].getClassName().startsWith(API);
  }
}
