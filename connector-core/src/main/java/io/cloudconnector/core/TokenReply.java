package io.cloudconnector.core;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a token endpoint decided. */
sealed interface TokenReply {
  /**
   * Tokens.
   *
   * @param fields the object of the reply in which they stood
   */
  record Granted(Json fields, Secret access, Optional<Secret> refresh) implements TokenReply {
    /** Beyond this a lifetime is as good as none, and adding it to a time might overflow. */
    private static final long LONGEST = Duration.ofDays(3650).toSeconds();

    Credentials credentials(Instant now) {
      Credentials credentials = Credentials.access(access);
      if (refresh.isPresent()) {
        credentials = credentials.refresh(refresh.get());
      }
      Optional<Instant> end = lifetime().map(now::plus);
      return end.isPresent() ? credentials.accessUntil(end.get()) : credentials;
    }

    /**
     * As a number or as a text. Anything else is no lifetime, rather than a reason to drop tokens
     * that may already have replaced the ones we hold.
     */
    private Optional<Duration> lifetime() {
      return fields
          .find("/expires_in")
          .flatMap(Granted::integer)
          .filter(seconds -> seconds > 0 && seconds <= LONGEST)
          .map(Duration::ofSeconds);
    }

    private static Optional<Long> integer(Json field) {
      try {
        return Optional.of(field.isText() ? Long.parseLong(field.text()) : field.number());
      } catch (NumberFormatException | JsonException noInteger) {
        return Optional.empty();
      }
    }

    /** The granted scopes; empty when the reply does not tell. */
    Optional<List<String>> scopes(OAuthQuirks quirks) {
      return fields
          .find("/scope")
          .filter(Json::isText)
          .map(Json::text)
          .filter(text -> !text.isBlank())
          .map(text -> names(text, quirks));
    }

    private static List<String> names(String text, OAuthQuirks quirks) {
      String separator = "\\s+|" + Pattern.quote(quirks.scopeSeparator);
      return Arrays.stream(text.split(separator, -1))
          .filter(name -> !name.isBlank())
          .flatMap(name -> quirks.scopeNames.apply(name).stream())
          .distinct()
          .toList();
    }
  }

  /**
   * A refusal.
   *
   * @param error the vendor's error code where it can be shown, else empty
   */
  record Refused(String error) implements TokenReply {
    private static final Pattern SHOWABLE = Pattern.compile("[a-z_]{1,64}|[0-9]{1,6}");

    /** Keeps only what looks like a code: anything else might be what we sent, told back. */
    static Refused with(String error) {
      return new Refused(isCode(error) ? error : "");
    }

    static boolean isCode(String error) {
      return SHOWABLE.matcher(error).matches();
    }

    /** For the end of a message. */
    String words() {
      return error.isEmpty() ? " without a readable error code" : ": " + error;
    }
  }
}
