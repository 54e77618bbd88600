package io.cloudconnector.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be seen: a token, a client secret, a key. {@link #toString} masks it, so
 * that it cannot slip into a log line or a message; {@link #reveal} is the one way to the text.
 * Immutable.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Wraps a text.
   *
   * @throws IllegalArgumentException when the text is empty
   */
  public static Secret of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    return new Secret(text);
  }

  /** The text itself. Pass it on where it is needed; keep the {@code Secret} everywhere else. */
  public String reveal() {
    return text;
  }

  /** Compares in constant time for texts of equal length. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Always {@code ***}. */
  @Override
  public String toString() {
    return "***";
  }
}
