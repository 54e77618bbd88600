package io.cloudconnector.host.link;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.host.store.StoredConnection;

/** Whether what is stored, read again when nobody else can refresh it, still needs a refresh. */
@FunctionalInterface
interface RefreshNeed {
  boolean isThere(StoredConnection stored, Credentials credentials);
}
