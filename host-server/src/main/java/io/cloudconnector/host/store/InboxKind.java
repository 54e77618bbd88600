package io.cloudconnector.host.store;

/** What a vendor told. Stored by name. */
public enum InboxKind {
  /** Something changed and is to be fetched. */
  CHANGED,
  /** Something is gone. */
  DELETED,
  /** The notice brought the data itself. */
  CARRIED,
  /** The user ended the grant at the vendor. */
  ACCESS_WITHDRAWN
}
