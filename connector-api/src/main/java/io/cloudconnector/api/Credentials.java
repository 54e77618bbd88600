package io.cloudconnector.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What proves one person's consent to the vendor: tokens, a typed key, and whatever else a
 * connector keeps with them. The host stores it encrypted and looks only at the two times.
 * Immutable; each wither returns a copy.
 */
public final class Credentials {
  private final Secret accessToken;
  private final Optional<Secret> refreshToken;
  private final Optional<Instant> accessUntil;
  private final Optional<Instant> refreshUntil;
  private final Map<String, String> extra;

  private Credentials(
      Secret accessToken,
      Optional<Secret> refreshToken,
      Optional<Instant> accessUntil,
      Optional<Instant> refreshUntil,
      Map<String, String> extra) {
    this.accessToken = accessToken;
    this.refreshToken = refreshToken;
    this.accessUntil = accessUntil;
    this.refreshUntil = refreshUntil;
    this.extra = Map.copyOf(extra);
  }

  /** Credentials that never expire and cannot be refreshed, such as a typed key. */
  public static Credentials access(Secret token) {
    return new Credentials(token, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  public Credentials refresh(Secret token) {
    return new Credentials(accessToken, Optional.of(token), accessUntil, refreshUntil, extra);
  }

  /** When the access token ends, by the vendor's word and our clock. */
  public Credentials accessUntil(Instant end) {
    return new Credentials(accessToken, refreshToken, Optional.of(end), refreshUntil, extra);
  }

  /** When the refresh token ends, at vendors that say so; idle links are refreshed before it. */
  public Credentials refreshUntil(Instant end) {
    return new Credentials(accessToken, refreshToken, accessUntil, Optional.of(end), extra);
  }

  /**
   * Something of the connector's own that belongs to this grant, such as a region. Stored
   * encrypted; a newer connector must read what an older one wrote.
   */
  public Credentials extra(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(extra);
    more.put(name, value);
    return new Credentials(accessToken, refreshToken, accessUntil, refreshUntil, more);
  }

  public Secret accessToken() {
    return accessToken;
  }

  public Optional<Secret> refreshToken() {
    return refreshToken;
  }

  public Optional<Instant> accessUntil() {
    return accessUntil;
  }

  public Optional<Instant> refreshUntil() {
    return refreshUntil;
  }

  public Map<String, String> extra() {
    return extra;
  }

  /** The times only. */
  @Override
  public String toString() {
    return "credentials until " + accessUntil.map(Instant::toString).orElse("further notice");
  }
}
