package io.cloudconnector.host.pipeline;

import java.util.Locale;

/** Why something is fetched. */
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
}
