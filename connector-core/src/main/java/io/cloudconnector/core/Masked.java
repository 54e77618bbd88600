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

  /** Long enough to be a token. */
  private static final Pattern WORD = Pattern.compile("(?<![\\w~+=-])[\\w~+=-]{20,}+");

  /** Ids in this form may be told. */
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private static final Pattern DIGIT = Pattern.compile("[0-9]");
  private static final Pattern LETTER = Pattern.compile("[A-Za-z]");
  private static final Pattern SIGNS = Pattern.compile("[^A-Za-z0-9]+");

  /** As programs name things: {@code aName}, {@code AName}, {@code NAME}. */
  private static final Pattern NAME =
      Pattern.compile("[A-Z]{0,19}|[a-z]{0,19}([A-Z][a-z])?([A-Z][a-z]{2,19}){0,9}");

  private static final int LONGEST_NAME = 100;

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
        WORD.matcher(ADDRESS.matcher(String.valueOf(told)).replaceAll("***"))
            .replaceAll(word -> mayBeToken(word.group()) ? "***" : word.group());
    // Cut last: half a token would not look like one.
    return masked.length() > LONGEST ? masked.substring(0, LONGEST) + "…" : masked;
  }

  /** One in fifteen hundred tokens of 43 letters, digits and signs has no digit at all. */
  private static boolean mayBeToken(String word) {
    if (UUID.matcher(word).matches() || !LETTER.matcher(word).find()) {
      return false;
    }
    return DIGIT.matcher(word).find() || !isName(word);
  }

  private static boolean isName(String word) {
    return word.length() <= LONGEST_NAME
        && SIGNS.splitAsStream(word).allMatch(part -> NAME.matcher(part).matches());
  }
}
