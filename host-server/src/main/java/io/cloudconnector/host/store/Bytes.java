package io.cloudconnector.host.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that nobody can change and that never print: sealed credentials and raw bodies travel
 * through rows as this, so that a row may be logged without giving anything away. Immutable; equal
 * by content.
 */
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the given bytes. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** A copy, to do with as one likes. */
  public byte[] toArray() {
    return content.clone();
  }

  public int size() {
    return content.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** The size alone. */
  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
