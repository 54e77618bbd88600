package io.cloudconnector.host.sync;

/**
 * The right to check a vendor's subscriptions.
 *
 * @param holder who has it
 * @param failures of the checks before, in a row
 */
record SubscriptionClaim(String holder, int failures) {}
