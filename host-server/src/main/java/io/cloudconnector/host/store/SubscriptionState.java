package io.cloudconnector.host.store;

/** How a vendor's webhook subscriptions stand by the last check. */
public enum SubscriptionState {
  /** No check has ended yet. */
  UNCHECKED,
  /** The vendor has what is wanted and could be had. */
  UP_TO_DATE,
  /** The operator has to do it by hand. */
  MANUAL,
  /** The vendor's only subscription points elsewhere. */
  CONFLICT,
  /** The last check brought no answer. */
  FAILED,
  /** The vendor cannot reach this host, and is not asked. */
  NOT_ASKED
}
