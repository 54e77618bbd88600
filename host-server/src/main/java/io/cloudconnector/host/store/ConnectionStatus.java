package io.cloudconnector.host.store;

/** How a user's link to a vendor stands. Stored by name. */
public enum ConnectionStatus {
  /** Credentials are there and believed good. */
  ACTIVE,
  /** The vendor itself said that the grant is dead; only the user can link anew. */
  REAUTHORIZATION_REQUIRED,
  /** Ended; the credentials are no longer here. */
  REVOKED
}
