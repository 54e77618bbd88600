package io.cloudconnector.host.store;

import java.util.Locale;

/** Why something is fetched. The earlier ones come first where a limit is scarce. */
public enum Lane {
  /** The vendor told of a change. */
  LIVE,
  /** To find what webhooks missed. */
  RECONCILE,
  /** History. */
  BACKFILL;

  /** The word in events and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What {@link #word} gave. */
  static Lane of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
