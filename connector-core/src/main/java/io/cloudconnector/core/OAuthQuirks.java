package io.cloudconnector.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The values behind {@link OAuth}. Written only between {@link #copy} and the end of the
 * constructor of the {@code OAuth} that holds it in a final field, so every thread sees them whole.
 */
final class OAuthQuirks {
  String scopeSeparator = " ";
  boolean basic;
  boolean pkce;
  Map<String, String> authorizeParameters = new LinkedHashMap<>();
  Map<String, String> tokenParameters = new LinkedHashMap<>();
  Map<String, String> refreshParameters = new LinkedHashMap<>();
  Set<String> deadOn = Set.of("invalid_grant");
  String replyAt = "";
  Optional<Success> success = Optional.empty();
  Optional<String> accountInToken = Optional.empty();
  Optional<AccountCall> accountCall = Optional.empty();
  Function<String, ? extends Collection<String>> scopeNames = List::of;
  Optional<OAuthRevocation.Way> revocation = Optional.empty();

  OAuthQuirks copy() {
    OAuthQuirks copy = new OAuthQuirks();
    copy.scopeSeparator = scopeSeparator;
    copy.basic = basic;
    copy.pkce = pkce;
    copy.authorizeParameters = new LinkedHashMap<>(authorizeParameters);
    copy.tokenParameters = new LinkedHashMap<>(tokenParameters);
    copy.refreshParameters = new LinkedHashMap<>(refreshParameters);
    copy.deadOn = deadOn;
    copy.replyAt = replyAt;
    copy.success = success;
    copy.accountInToken = accountInToken;
    copy.accountCall = accountCall;
    copy.scopeNames = scopeNames;
    copy.revocation = revocation;
    return copy;
  }

  /** What a reply holds at a place when all is well. */
  record Success(String pointer, String value) {
    /** What was found, unless it is what it should be. */
    Optional<String> missedBy(String found) {
      return found.equals(value) ? Optional.empty() : Optional.of(found);
    }
  }

  /** Where the account's id is asked. */
  record AccountCall(String path, String pointer) {}
}
