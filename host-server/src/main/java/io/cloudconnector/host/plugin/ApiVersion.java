package io.cloudconnector.host.plugin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version that connector-api and connector-core share: a plugin built against one runs on every
 * host of the same major version whose minor version is not lower.
 */
public record ApiVersion(int major, int minor) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

  /** Reads {@code major.minor}; empty where the text is of another form. */
  public static Optional<ApiVersion> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new ApiVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /** Whether a host of this version runs a plugin built against the other. */
  public boolean runs(ApiVersion plugins) {
    return major == plugins.major && plugins.minor <= minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
