package io.cloudconnector.host.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * How web addresses are read: absolute, without user information, over HTTPS unless they lead to
 * this machine itself.
 */
final class WebUrls {
  private static final String HOW = "write one such as https://connect.example.com";

  private WebUrls() {}

  /** An address to send something to; it may have a query. */
  static URI target(String text) {
    URI url = parse(text);
    if (url.getRawFragment() != null) {
      throw new BadValueException("has a fragment", "remove # and what follows");
    }
    return url;
  }

  /** An address that others continue; given without a slash at its end. */
  static URI base(String text) {
    URI url = target(text);
    if (url.getRawQuery() != null) {
      throw new BadValueException("has a query", "remove ? and what follows");
    }
    return URI.create(text.replaceFirst("/+$", ""));
  }

  static ReturnUrlPattern returnUrl(String text) {
    boolean prefix = text.endsWith("*");
    URI url = base(prefix ? text.substring(0, text.length() - 1) : text);
    String path = pathAsWritten(text, prefix);
    if (prefix && path.isEmpty()) {
      throw new BadValueException("has a * in its host", "only the path may end in *, as in /*");
    }
    if (path.contains("*")) {
      throw new BadValueException("has a * inside", "only the end of the path may be a *");
    }
    if (ReturnUrlPattern.isAmbiguous(path)) {
      throw new BadValueException(
          "has a path that programs read differently",
          "leave out //, dot segments and %2F, %2E, %5C");
    }
    return new ReturnUrlPattern(
        url.getScheme().toLowerCase(Locale.ROOT),
        url.getHost().toLowerCase(Locale.ROOT),
        ReturnUrlPattern.effectivePort(url),
        path.isEmpty() ? "/" : path,
        prefix);
  }

  /** With the slash that {@link #base} takes away: here it tells folder from file. */
  private static String pathAsWritten(String text, boolean prefix) {
    URI whole = URI.create(prefix ? text.substring(0, text.length() - 1) : text);
    return whole.getRawPath();
  }

  private static URI parse(String text) {
    URI url = syntax(text);
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new BadValueException("is no https:// address", HOW);
    }
    if (url.getRawUserInfo() != null) {
      throw new BadValueException("carries a user name or password", "remove what stands before @");
    }
    if (url.getHost() == null) {
      throw new BadValueException("names no valid host", HOW);
    }
    if (scheme.equals("http") && !Loopback.is(url.getHost())) {
      throw new BadValueException(
          "is plain http, which only a loopback address may be", "write https://");
    }
    return url;
  }

  private static URI syntax(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw new BadValueException("is no web address", HOW);
    }
  }
}
