package io.cloudconnector.host.config;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a finished link may send the person: a URL whose path may end in {@code *}. Compared part
 * by part, never as text, so that nothing that merely looks like it passes. Immutable.
 *
 * @param scheme {@code https} or {@code http}
 * @param host in lower case
 * @param port the effective one
 * @param path as encoded in the URL, without the {@code *}
 * @param prefix whether the path may go on
 */
public record ReturnUrlPattern(String scheme, String host, int port, String path, boolean prefix) {
  /**
   * What different programs read differently: dot segments, empty segments, and slashes,
   * backslashes or dots hidden by encoding.
   */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("(?i)//|\\\\|%2e|%2f|%5c|%25|/\\.{1,2}(/|;|$)");

  public ReturnUrlPattern {
    Objects.requireNonNull(scheme);
    Objects.requireNonNull(host);
    Objects.requireNonNull(path);
  }

  /** Whether a person may be sent there. A query and a fragment are free. */
  public boolean matches(URI target) {
    return target.getScheme() != null
        && target.getHost() != null
        && target.getRawUserInfo() == null
        && scheme.equals(target.getScheme().toLowerCase(Locale.ROOT))
        && host.equals(target.getHost().toLowerCase(Locale.ROOT))
        && port == effectivePort(target)
        && matchesPath(pathOf(target));
  }

  private boolean matchesPath(String candidate) {
    if (isAmbiguous(candidate)) {
      return false;
    }
    return prefix ? candidate.startsWith(path) : candidate.equals(path);
  }

  static boolean isAmbiguous(String path) {
    return AMBIGUOUS.matcher(path).find();
  }

  static int effectivePort(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
  }

  static String pathOf(URI url) {
    String path = url.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }
}
