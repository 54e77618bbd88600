package io.cloudconnector.simulator;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens given out and what they are still good for. Thread-safe. */
final class IssuedTokens {
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Access> accesses = new HashMap<>();
  private final Map<String, Grant> refreshes = new HashMap<>();
  private final Map<String, Grant> spent = new HashMap<>();
  private final Map<String, Set<Grant>> grants = new HashMap<>();
  private final Map<String, Grant> newest = new HashMap<>();
  private int issued;

  IssuedTokens(InstantSource clock) {
    this.clock = clock;
  }

  /** One consent of one person. Compared by identity. */
  static final class Grant {
    final String accountId;
    final Set<String> scopes;
    private final boolean refreshable;
    private final Set<String> accessTokens = new HashSet<>();
    private @Nullable String refreshToken;
    private @Nullable String accessToken;
    private @Nullable Instant rotatedUnseen;

    private Grant(String accountId, Set<String> scopes, boolean refreshable) {
      this.accountId = accountId;
      this.scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
      this.refreshable = refreshable;
    }
  }

  private record Access(Grant grant, Instant until) {}

  /** A freshly made pair; without a refresh token where the grant allows none. */
  record Pair(Grant grant, String access, @Nullable String refresh) {}

  String secret() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  synchronized Pair begin(
      String accountId, Set<String> scopes, boolean refreshable, Instant accessUntil) {
    Grant grant = new Grant(accountId, scopes, refreshable);
    grants.computeIfAbsent(accountId, id -> new HashSet<>()).add(grant);
    newest.put(accountId, grant);
    return issue(grant, accessUntil);
  }

  synchronized Optional<Grant> refreshable(String refresh) {
    return Optional.ofNullable(refreshes.get(refresh));
  }

  /** Spends a refresh token; empty when it is spent, dead or unknown. */
  synchronized Optional<Pair> rotate(String refresh, boolean oldAccessDies, Instant accessUntil) {
    Grant grant = refreshes.remove(refresh);
    if (grant == null) {
      return Optional.empty();
    }
    spent.put(refresh, grant);
    if (oldAccessDies) {
      endAccess(grant);
    }
    Pair fresh = issue(grant, accessUntil);
    grant.rotatedUnseen = clock.instant();
    return Optional.of(fresh);
  }

  /** When the newest grant of an account was rotated, if none of the new pair came back since. */
  synchronized Optional<Instant> rotatedUnseen(String accountId) {
    return Optional.ofNullable(newest.get(accountId)).map(grant -> grant.rotatedUnseen);
  }

  private Pair issue(Grant grant, Instant accessUntil) {
    issued++;
    String access = secret();
    accesses.put(access, new Access(grant, accessUntil));
    grant.accessTokens.add(access);
    grant.accessToken = access;
    String refresh = grant.refreshable ? secret() : null;
    if (refresh != null) {
      refreshes.put(refresh, grant);
    }
    grant.refreshToken = refresh;
    return new Pair(grant, access, refresh);
  }

  synchronized Optional<Grant> holder(String access) {
    Optional<Grant> holder =
        Optional.ofNullable(accesses.get(access))
            .filter(found -> clock.instant().isBefore(found.until()))
            .map(Access::grant);
    holder
        .filter(grant -> access.equals(grant.accessToken))
        .ifPresent(grant -> grant.rotatedUnseen = null);
    return holder;
  }

  /** Ends the grant that a spent refresh token belonged to. */
  synchronized void endGrantOfSpent(String refresh) {
    Grant grant = spent.get(refresh);
    if (grant != null) {
      end(grant);
    }
  }

  synchronized void endAllOf(String accountId) {
    Set.copyOf(grants.getOrDefault(accountId, Set.of())).forEach(this::end);
  }

  private void end(Grant grant) {
    endAccess(grant);
    refreshes.remove(grant.refreshToken);
    grants.computeIfPresent(
        grant.accountId,
        (id, others) -> {
          others.remove(grant);
          return others;
        });
  }

  private void endAccess(Grant grant) {
    grant.accessTokens.forEach(accesses::remove);
    grant.accessTokens.clear();
  }

  synchronized void expireAccessTokens() {
    accesses.clear();
  }

  synchronized boolean granted(String accountId) {
    return !grants.getOrDefault(accountId, Set.of()).isEmpty();
  }

  synchronized int issued() {
    return issued;
  }

  synchronized int liveRefreshTokens() {
    return refreshes.size();
  }

  synchronized int liveAccessTokens() {
    Instant now = clock.instant();
    return (int) accesses.values().stream().filter(a -> now.isBefore(a.until())).count();
  }
}
