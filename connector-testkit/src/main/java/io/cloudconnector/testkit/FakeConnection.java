package io.cloudconnector.testkit;

import io.cloudconnector.api.CloudConnector;
import io.cloudconnector.api.Connection;
import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.RefreshRequest;
import io.cloudconnector.api.Refreshed;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.api.VendorHttp;
import java.time.Instant;
import java.util.Set;

/**
 * One person's link as the host would keep it: refreshes with the connector's own {@code
 * Linking.refresh}, one caller at a time, and counts it. Thread-safe.
 */
public final class FakeConnection implements Connection {
  private final CloudConnector connector;
  private final FakeContext context;
  private Credentials stored;
  private Set<String> accountIds = Set.of();
  private Set<String> scopes;
  private int refreshes;
  private boolean dead;
  private boolean ended;

  public FakeConnection(CloudConnector connector, FakeContext context, Credentials credentials) {
    this.connector = connector;
    this.context = context;
    this.stored = credentials;
    this.scopes = context.config().scopes();
  }

  /** Replaces the stored credentials, as another host's refresh would. */
  public synchronized void store(Credentials credentials) {
    stored = credentials;
  }

  /** The stored credentials, whatever their age. */
  public synchronized Credentials stored() {
    return stored;
  }

  public synchronized FakeConnection accountIds(Set<String> ids) {
    accountIds = Set.copyOf(ids);
    return this;
  }

  /** What the person granted; at first all that the configuration asks for. */
  public synchronized FakeConnection scopes(Set<String> granted) {
    scopes = Set.copyOf(granted);
    return this;
  }

  /** How often the connector was asked to refresh. */
  public synchronized int refreshes() {
    return refreshes;
  }

  /** Whether the connector asked to end the link. */
  public synchronized boolean ended() {
    return ended;
  }

  @Override
  public String userId() {
    return "made-up-user";
  }

  @Override
  public synchronized Set<String> accountIds() {
    return accountIds;
  }

  @Override
  public synchronized Set<String> scopes() {
    return scopes;
  }

  @Override
  public synchronized Credentials credentials() {
    checkAlive();
    Instant now = context.clock().instant();
    boolean fresh = stored.accessUntil().map(now::isBefore).orElse(true);
    return fresh ? stored : refresh();
  }

  @Override
  public synchronized Credentials renewed(Credentials rejected) {
    checkAlive();
    return rejected.accessToken().equals(stored.accessToken()) ? refresh() : stored;
  }

  private Credentials refresh() {
    refreshes++;
    switch (connector.linking().refresh(new FakeRefresh(stored, scopes, http()))) {
      case Refreshed.Renewed renewed -> {
        stored = renewed.credentials();
        scopes = renewed.granted().orElse(scopes);
      }
      case Refreshed.Dead ignored -> dead = true;
    }
    checkAlive();
    return stored;
  }

  private void checkAlive() {
    if (dead || ended) {
      throw new TokenException(dead ? "the grant is dead" : "the link was ended");
    }
  }

  @Override
  public VendorHttp http() {
    return context.http();
  }

  @Override
  public synchronized void end() {
    ended = true;
  }

  record FakeRefresh(Credentials current, Set<String> scopes, VendorHttp http)
      implements RefreshRequest {}
}
