package io.cloudconnector.host.store;

import io.cloudconnector.api.VendorType;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Ends and erases what is held of one person's history. */
public final class PersonalHistory {
  private final InboxStore inbox;
  private final DocumentStore documents;
  private final CoverageStore coverage;

  public PersonalHistory(Database database) {
    this.inbox = new InboxStore(database);
    this.documents = new DocumentStore(database);
    this.coverage = new CoverageStore(database);
  }

  /**
   * The account is another from now on, or none: what is being gone through ends, and nothing of it
   * counts as known. What became of backfills stays to be seen.
   */
  public void end(Handle tx, VendorType vendor, String userId, Instant now) {
    tx.execute(
        """
        DELETE FROM inbox WHERE kind = 'PAGE' AND id IN (
          SELECT row_id FROM history_walk WHERE vendor = ? AND user_id = ? AND done_at IS NULL)
        """,
        vendor.name(),
        userId);
    documents.forget(tx, vendor, userId);
    coverage.forget(tx, vendor, userId);
    for (Lane lane : new Lane[] {Lane.BACKFILL, Lane.RECONCILE}) {
      inbox.rest(tx, new InboxLine(vendor, InboxRows.userLine(vendor, userId), lane), now);
    }
  }

  /** Nothing stays. */
  public void erase(Handle tx, VendorType vendor, String userId, Instant now) {
    end(tx, vendor, userId, now);
    tx.execute("DELETE FROM history_walk WHERE vendor = ? AND user_id = ?", vendor.name(), userId);
    tx.execute("DELETE FROM backfill WHERE vendor = ? AND user_id = ?", vendor.name(), userId);
  }
}
