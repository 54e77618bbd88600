package io.cloudconnector.core;

import io.cloudconnector.api.ConnectorException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What connectors tell of their faults, made fit for a log, a table and an answer. They are asked
 * to keep secrets out of it; one that quotes a vendor's answer does not.
 */
public final class Masked {
  private static final int LONGEST = 500;

  /** Long and of letters and digits both, as tokens are; ids in the form of a UUID may be told. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![\\w~+=-])"
              + "(?!\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}(?![\\w~+=-]))"
              + "(?=[A-Za-z_~+=-]*+[0-9])(?=[0-9_~+=-]*+[A-Za-z])"
              + "[\\w~+=-]{20,}+");

  private static final Pattern ADDRESS =
      Pattern.compile("(?<![^\\s\"'<>()@])[^\\s\"'<>()@]++@[\\w.-]++");

  private Masked() {}

  /**
   * What may be told of a fault in or behind a connector. Of an exception that is not of the SPI
   * only the kind: its message may quote the body that it choked on.
   */
  public static String told(Throwable fault) {
    return fault instanceof ConnectorException ? words(message(fault)) : fault.getClass().getName();
  }

  /**
   * An exception of a connector's own may fail at this, too; that it failed is then all we know.
   */
  private static @Nullable String message(Throwable fault) {
    try {
      return fault.getMessage();
    } catch (RuntimeException | Error e) {
      return fault.getClass().getName();
    }
  }

  /** The words, with {@code ***} for whatever might be a token or the address of a person. */
  public static String words(@Nullable String told) {
    String masked =
        TOKEN.matcher(ADDRESS.matcher(String.valueOf(told)).replaceAll("***")).replaceAll("***");
    // Cut last: half a token would not look like one.
    return masked.length() > LONGEST ? masked.substring(0, LONGEST) + "…" : masked;
  }
}
