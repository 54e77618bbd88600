package io.cloudconnector.simulator;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth 2.0 server for one client: the authorization code flow with an always willing person,
 * refresh tokens that work once, PKCE where the client sends a challenge, and the error answers of
 * RFC 6749 in the wording of the Ory servers. Its habits are switches that may be turned while it
 * runs; as made, it takes client credentials from the body only, gives refresh tokens to everybody,
 * and lets the old access token die with a refresh. Thread-safe.
 */
public final class SimulatedOAuth {
  private final Map<String, IssuedCode> codes = new ConcurrentHashMap<>();
  private final Set<URI> redirects = ConcurrentHashMap.newKeySet();
  private final Set<String> accounts = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refreshCalls = new AtomicInteger();
  private final AtomicBoolean denyNext = new AtomicBoolean();
  private final String clientId;
  private final String clientSecret;
  private final InstantSource clock;
  final IssuedTokens tokens;

  private volatile Set<String> scopes = Set.of();
  private volatile Optional<String> offlineScope = Optional.empty();
  private volatile boolean basic;
  private volatile boolean oldAccessDies = true;
  private volatile boolean reuseEndsGrant;
  private volatile int shortestState;
  private volatile UnaryOperator<Set<String>> granting = UnaryOperator.identity();
  private volatile String scopePrefix = "";
  private volatile String deadTokenError = "invalid_grant";
  private volatile Duration accessLife = Duration.ofHours(1);
  private volatile Duration codeLife = Duration.ofMinutes(10);
  private volatile @Nullable String consenting;

  /** A server that knows one client and, so far, no accounts. */
  public SimulatedOAuth(String clientId, String clientSecret, InstantSource clock) {
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.clock = clock;
    this.tokens = new IssuedTokens(clock);
  }

  /** Adds the consent page and the token endpoint to a server. */
  public void mount(SimulatedServer server, String authPath, String tokenPath) {
    server.route("GET", authPath, new ConsentPage(this)::answer);
    server.route("POST", tokenPath, new TokenEndpoint(this)::answer);
  }

  /** The scopes that may be asked for; asking for others is invalid_scope. Unset: any. */
  public SimulatedOAuth scopes(Set<String> known) {
    scopes = Set.copyOf(known);
    return this;
  }

  /** Which scopes a person grants of those asked for; at first all of them. */
  public SimulatedOAuth granting(UnaryOperator<Set<String>> granted) {
    granting = granted;
    return this;
  }

  /** Token answers name each scope with this before it. */
  public SimulatedOAuth tellScopesWith(String prefix) {
    scopePrefix = prefix;
    return this;
  }

  /** What the token endpoint calls a refresh token that is spent, dead or unknown (status 400). */
  public SimulatedOAuth deadRefreshTokenIs(String error) {
    deadTokenError = error;
    return this;
  }

  /** The scope without which there is no refresh token. */
  public SimulatedOAuth refreshOnlyWith(String scope) {
    offlineScope = Optional.of(scope);
    return this;
  }

  /** Whether client credentials may come in an {@code Authorization: Basic} header too. */
  public SimulatedOAuth acceptBasic(boolean accept) {
    basic = accept;
    return this;
  }

  /** Whether a refresh ends the old access token at once, or lets it live to its own end. */
  public SimulatedOAuth oldAccessTokenDies(boolean dies) {
    oldAccessDies = dies;
    return this;
  }

  /** Whether a refresh token used twice ends the whole grant, as a thief may be at work. */
  public SimulatedOAuth reuseEndsGrant(boolean ends) {
    reuseEndsGrant = ends;
    return this;
  }

  /** A shorter {@code state} is answered with invalid_state. */
  public SimulatedOAuth shortestState(int characters) {
    shortestState = characters;
    return this;
  }

  /** How long access tokens issued from now on live, in whole seconds. */
  public SimulatedOAuth accessTokenLife(Duration life) {
    accessLife = life;
    return this;
  }

  /** How long codes issued from now on may be exchanged. */
  public SimulatedOAuth codeLife(Duration life) {
    codeLife = life;
    return this;
  }

  /** Allows this redirect address. Until the first is registered, any absolute one is allowed. */
  public SimulatedOAuth registerRedirect(URI redirect) {
    redirects.add(redirect);
    return this;
  }

  /** Makes an account known; it is the next to consent. */
  public void addAccount(String accountId) {
    accounts.add(accountId);
    consenting = accountId;
  }

  /**
   * From now on this account consents.
   *
   * @throws IllegalArgumentException when the account is unknown
   */
  public void consentAs(String accountId) {
    if (!accounts.contains(accountId)) {
      throw new IllegalArgumentException("there is no account '" + accountId + "' to consent as");
    }
    consenting = accountId;
  }

  /** The next person at the consent page says no. */
  public void denyNextConsent() {
    denyNext.set(true);
  }

  /** Whose live access token this is and what it may do; empty when expired, dead or unknown. */
  public Optional<Holder> holder(String accessToken) {
    return tokens.holder(accessToken).map(grant -> new Holder(grant.accountId, grant.scopes));
  }

  /**
   * Whose live refresh token this is; empty when spent, dead or unknown. It is not spent by this.
   */
  public Optional<Holder> refreshTokenHolder(String refreshToken) {
    return tokens.refreshable(refreshToken).map(grant -> new Holder(grant.accountId, grant.scopes));
  }

  /** An account that a token speaks for, and the scopes granted. */
  public record Holder(String accountId, Set<String> scopes) {
    public Holder {
      scopes = Set.copyOf(scopes);
    }
  }

  /** Whether the account has consented and nobody has ended it since. */
  public boolean linked(String accountId) {
    return tokens.granted(accountId);
  }

  /** Ends all grants of an account, with all their tokens. */
  public void revoke(String accountId) {
    tokens.endAllOf(accountId);
  }

  /** Lets all access tokens given out so far expire; refresh tokens live on. */
  public void expireAccessTokens() {
    tokens.expireAccessTokens();
  }

  /**
   * When the tokens of an account's newest grant were last rotated, if neither of the new ones was
   * shown since: whoever asked may not have them, and the old ones are dead.
   */
  public Optional<Instant> rotatedUnseen(String accountId) {
    return tokens.rotatedUnseen(accountId);
  }

  /** How many refreshes were asked for, granted or not. */
  public int refreshCalls() {
    return refreshCalls.get();
  }

  /** How many access tokens were ever issued. */
  public int tokensIssued() {
    return tokens.issued();
  }

  /** How many access tokens are good now. */
  public int liveAccessTokens() {
    return tokens.liveAccessTokens();
  }

  /** How many refresh tokens are good now. */
  public int liveRefreshTokens() {
    return tokens.liveRefreshTokens();
  }

  /** An error as the token endpoint words it: {@code {"error":…,"error_description":…}}. */
  public static SimulatedReply error(int status, String error, String description) {
    String json =
        JsonText.object()
            .text("error", error)
            .text("error_description", description)
            .number("status_code", status)
            .toString();
    return SimulatedReply.json(status, json).with("Cache-Control", "no-store");
  }

  boolean isClient(@Nullable String id, @Nullable String secret) {
    return clientId.equals(id) && clientSecret.equals(secret);
  }

  boolean isClient(@Nullable String id) {
    return clientId.equals(id);
  }

  boolean mayRedirectTo(URI redirect) {
    return redirects.isEmpty() ? redirect.isAbsolute() : redirects.contains(redirect);
  }

  boolean mayAskFor(Set<String> asked) {
    Set<String> known = scopes;
    return known.isEmpty() || known.containsAll(asked);
  }

  Set<String> granted(Set<String> asked) {
    return granting.apply(asked);
  }

  String told(Set<String> granted) {
    return granted.stream().map(scope -> scopePrefix + scope).collect(joining(" "));
  }

  String deadTokenError() {
    return deadTokenError;
  }

  boolean stateTooShort(String state) {
    return state.length() < shortestState;
  }

  boolean takesBasic() {
    return basic;
  }

  boolean takeDenial() {
    return denyNext.getAndSet(false);
  }

  Optional<String> consenting() {
    return Optional.ofNullable(consenting);
  }

  Duration accessLife() {
    return accessLife;
  }

  String issueCode(
      String account, Set<String> asked, String redirect, Optional<PkceChallenge> challenge) {
    String code = tokens.secret();
    codes.put(
        code, new IssuedCode(account, asked, redirect, challenge, clock.instant().plus(codeLife)));
    return code;
  }

  /** Takes a code out of circulation; empty when unknown, used or too old. */
  Optional<IssuedCode> takeCode(String code) {
    return Optional.ofNullable(codes.remove(code))
        .filter(issued -> clock.instant().isBefore(issued.until()));
  }

  IssuedTokens.Pair begin(IssuedCode code) {
    boolean refreshable = offlineScope.map(code.scopes()::contains).orElse(true);
    return tokens.begin(
        code.accountId(), code.scopes(), refreshable, clock.instant().plus(accessLife));
  }

  Optional<IssuedTokens.Pair> refresh(String refreshToken) {
    Optional<IssuedTokens.Pair> fresh =
        tokens.rotate(refreshToken, oldAccessDies, clock.instant().plus(accessLife));
    if (fresh.isEmpty() && reuseEndsGrant) {
      tokens.endGrantOfSpent(refreshToken);
    }
    return fresh;
  }

  void countRefresh() {
    refreshCalls.incrementAndGet();
  }
}
