package io.cloudconnector.core;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.Linking;
import io.cloudconnector.core.OAuthRevocation.Way.ByCall;
import io.cloudconnector.core.OAuthRevocation.Way.ByQuery;
import io.cloudconnector.core.OAuthRevocation.Way.ByRfc7009;
import io.cloudconnector.core.TokenReply.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How a vendor speaks OAuth 2.0 (RFC 6749, authorization code), where it differs from {@link
 * #code()}. Immutable; each wither returns a copy.
 *
 * <p>The endpoints {@code auth} and {@code token} of the descriptor are used, and {@code revoke} by
 * those that revoke.
 */
public final class OAuth {
  private final OAuthQuirks quirks;

  private OAuth(OAuthQuirks quirks) {
    this.quirks = quirks;
  }

  private OAuth with(Consumer<OAuthQuirks> change) {
    OAuthQuirks copy = quirks.copy();
    change.accept(copy);
    return new OAuth(copy);
  }

  /**
   * As the RFC has it: scopes joined by a space, the client's id and secret in the form
   * (client_secret_post), no PKCE, only {@code invalid_grant} ends a grant, no revocation, and no
   * account id is known from linking.
   */
  public static OAuth code() {
    return new OAuth(new OAuthQuirks());
  }

  /** What stands between the names of scopes, in our request and in the vendor's reply. */
  public OAuth scopeSeparator(String separator) {
    return with(quirks -> quirks.scopeSeparator = separator);
  }

  /** The client's id and secret go in the header (client_secret_basic) instead of the form. */
  public OAuth clientSecretBasic() {
    return with(quirks -> quirks.basic = true);
  }

  /** Sends the proof key of RFC 7636, by the method S256. */
  public OAuth pkce() {
    return with(quirks -> quirks.pkce = true);
  }

  /** A further parameter of the consent page's address. */
  public OAuth authorizeParameter(String name, String value) {
    return with(quirks -> quirks.authorizeParameters.put(name, value));
  }

  /** A further field of every token request. */
  public OAuth tokenParameter(String name, String value) {
    return with(quirks -> quirks.tokenParameters.put(name, value));
  }

  /**
   * A further field of token requests that refresh. With a {@code scope} here, the scopes of the
   * reply are not read: they tell what was asked then, not what the person granted.
   */
  public OAuth refreshParameter(String name, String value) {
    return with(quirks -> quirks.refreshParameters.put(name, value));
  }

  /**
   * The error codes that prove a refused refresh final, instead of {@code invalid_grant} alone.
   *
   * @param errors each of 1 to 64 of a-z and {@code _}, or of up to 6 digits
   * @throws IllegalArgumentException for another form, and for {@code invalid_client}: a mistyped
   *     client secret would end every link
   */
  public OAuth deadOn(String... errors) {
    for (String error : errors) {
      if (!Refused.isCode(error) || error.equals("invalid_client")) {
        throw new IllegalArgumentException("'" + error + "' cannot prove that a grant is dead");
      }
    }
    Set<String> codes = Set.of(errors);
    return with(quirks -> quirks.deadOn = codes);
  }

  /**
   * Where the fields of the token reply stand.
   *
   * @param pointer a JSON pointer (RFC 6901) to the object that holds them
   */
  public OAuth replyAt(String pointer) {
    return with(quirks -> quirks.replyAt = pointer);
  }

  /**
   * For vendors that tell errors with status 200: what the reply holds when all is well. Anything
   * else there is taken as the error code; {@link #deadOn} may name it.
   *
   * @param pointer into the whole reply, to a text or a number
   */
  public OAuth failsUnless(String pointer, String value) {
    return with(quirks -> quirks.success = Optional.of(new OAuthQuirks.Success(pointer, value)));
  }

  /**
   * The token reply names the account.
   *
   * @param pointer into the object of {@link #replyAt}, to a text or an integer
   */
  public OAuth accountFromToken(String pointer) {
    return with(quirks -> quirks.accountInToken = Optional.of(pointer));
  }

  /**
   * A call with the new token tells the account.
   *
   * @param path below the endpoint {@code base}; got with the token as {@code Bearer}
   * @param pointer into the reply, to a text or an integer
   */
  public OAuth accountFrom(String path, String pointer) {
    return with(
        quirks -> quirks.accountCall = Optional.of(new OAuthQuirks.AccountCall(path, pointer)));
  }

  /** Turns the names of granted scopes into those that the descriptor uses. */
  public OAuth scopeNames(UnaryOperator<String> normalise) {
    return scopeAliases(name -> List.of(normalise.apply(name)));
  }

  /**
   * For a vendor that has several names for one scope: all names that a granted one goes by, in the
   * descriptor and in what was asked for. It is then missed under none of them.
   */
  public OAuth scopeAliases(Function<String, ? extends Collection<String>> names) {
    return with(quirks -> quirks.scopeNames = names);
  }

  /**
   * A grant is revoked by a call of the endpoint {@code revoke} with the access token as {@code
   * Bearer}. A 2xx, a 404, and a 401 to a renewed token mean that it is ended.
   */
  public OAuth revokeByCall(String method) {
    return with(quirks -> quirks.revocation = Optional.of(new ByCall(method)));
  }

  /**
   * Like {@link #revokeByCall}, but the access token is a parameter of the address.
   *
   * @param parameter its name, such as {@code access_token}
   */
  public OAuth revokeByQuery(String method, String parameter) {
    return with(quirks -> quirks.revocation = Optional.of(new ByQuery(method, parameter)));
  }

  /** A grant is revoked as in RFC 7009, at the endpoint {@code revoke}. */
  public OAuth revokeByRfc7009() {
    return with(quirks -> quirks.revocation = Optional.of(new ByRfc7009()));
  }

  /**
   * Linking in this way, for one vendor.
   *
   * @throws ConnectorException when the descriptor lacks an endpoint that is needed
   */
  public Linking bind(ConnectorContext context) {
    return new OAuthLinking(context, quirks);
  }
}
