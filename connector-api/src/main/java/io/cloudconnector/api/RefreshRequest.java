package io.cloudconnector.api;

import java.util.Set;

/**
 * What a refresh works on. Made by the host, under its lock. Deliberately no {@link Connection}:
 * asking one for its credentials would refresh inside the refresh.
 */
public interface RefreshRequest {
  /** The stored credentials, re-read under the lock. */
  Credentials current();

  /** The granted scopes. */
  Set<String> scopes();

  /** For the one vendor call; its deadline is shorter than the lock's lease. */
  VendorHttp http();
}
