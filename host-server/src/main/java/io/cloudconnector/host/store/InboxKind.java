package io.cloudconnector.host.store;

/** What a row is to do; all but the last were told by a vendor. Stored by name. */
public enum InboxKind {
  /** Something changed and is to be fetched. */
  CHANGED,
  /** Something is gone. */
  DELETED,
  /** The notice brought the data itself. */
  CARRIED,
  /** The user ended the grant at the vendor. */
  ACCESS_WITHDRAWN,
  /** The next page of a person's history is to be fetched, until there is none; see WalkStore. */
  PAGE
}
