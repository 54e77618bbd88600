package io.cloudconnector.host.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/** A reader's place in the event log: what it has read up to. Opaque text to readers. */
public record Cursor(long seq) {
  /** Before the first event that ever was; expires once that is forgotten. */
  public static final Cursor START = new Cursor(0);

  /** Before the oldest event that is kept; has no text. */
  public static final Cursor OLDEST = new Cursor(-1);

  private static final Pattern FORM = Pattern.compile("c[0-9]{1,18}");

  /** Reads what {@link #text} gave; empty for anything else. */
  public static Optional<Cursor> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(new Cursor(Long.parseLong(text.substring(1))))
        : Optional.empty();
  }

  public String text() {
    return "c" + seq;
  }
}
