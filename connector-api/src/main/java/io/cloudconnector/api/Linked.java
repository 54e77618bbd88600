package io.cloudconnector.api;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** A finished link, as {@link Linking#complete} returns it. Immutable; withers return copies. */
public final class Linked {
  private final Credentials credentials;
  private final Set<String> accountIds;
  private final Optional<Set<String>> granted;

  private Linked(Credentials credentials, Set<String> accountIds, Optional<Set<String>> granted) {
    this.credentials = credentials;
    this.accountIds = accountIds;
    this.granted = granted;
  }

  public static Linked with(Credentials credentials) {
    return new Linked(credentials, Set.of(), Optional.empty());
  }

  /**
   * The vendor's names for the account. Without any, the host asks {@link Linking#accountIds}; a
   * link to a vendor with webhooks needs at least one.
   *
   * @throws IllegalArgumentException when one is empty, longer than 256 characters, or has control
   *     characters
   */
  public Linked accountIds(Collection<String> ids) {
    ids.forEach(id -> OutsideText.line("account id", 256, id));
    return new Linked(credentials, Set.copyOf(ids), granted);
  }

  /**
   * What the person allowed, which may be less than was asked; unset when the vendor does not say.
   */
  public Linked granted(Collection<String> scopes) {
    return new Linked(credentials, accountIds, Optional.of(Set.copyOf(scopes)));
  }

  public Credentials credentials() {
    return credentials;
  }

  public Set<String> accountIds() {
    return accountIds;
  }

  public Optional<Set<String>> granted() {
    return granted;
  }

  /** The account ids, never the credentials. */
  @Override
  public String toString() {
    return "linked " + accountIds;
  }
}
