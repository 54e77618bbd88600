package io.cloudconnector.api;

import java.util.Set;

/**
 * One person's link to the vendor, bound to the grant that was current when the host handed it out:
 * when the person links again meanwhile, this object can no longer change or end anything. Made by
 * the host; thread-safe.
 */
public interface Connection {
  /** The operator's own name for the person: opaque, never the vendor's. */
  String userId();

  /** The vendor's names for the account. */
  Set<String> accountIds();

  /** The granted scopes. */
  Set<String> scopes();

  /**
   * Credentials that are good for at least a little while; refreshed first where needed, by one
   * caller for all.
   *
   * @throws TokenException when there are none any more: the person must link again, or the link
   *     ended
   * @throws ConnectorException when the vendor could not refresh them now
   */
  Credentials credentials();

  /**
   * After the vendor answered 401 to credentials that had not expired: other ones. Renews only if
   * those rejected are still the stored ones; otherwise returns what another caller has already
   * got.
   */
  Credentials renewed(Credentials rejected);

  /**
   * For calls on behalf of this person: counts their limits and carries the deadline of the work.
   */
  VendorHttp http();

  /**
   * Asks the host to end this link: it revokes the grant at the vendor and erases the credentials,
   * as work that survives a crash.
   */
  void end();
}
