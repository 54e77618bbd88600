package io.cloudconnector.host.vault;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A key that seals what is stored. Written as one line: {@code cck_}, the 32 bytes and a checksum
 * of 4 bytes, in base64url. Immutable; prints its id alone.
 */
public final class EncryptionKey {
  private static final String PREFIX = "cck_";
  private static final int KEY_SIZE = 32;
  private static final int CHECKSUM_SIZE = 4;

  private final byte[] key;
  private final String id;

  private EncryptionKey(byte[] key) {
    this.key = key;
    this.id = HexFormat.of().formatHex(digest("id", key), 0, Vault.KEY_ID_SIZE);
  }

  /** A new random key. */
  public static EncryptionKey generate() {
    byte[] key = new byte[KEY_SIZE];
    new SecureRandom().nextBytes(key);
    return new EncryptionKey(key);
  }

  /**
   * Reads what {@link #text} wrote; blanks around it do not matter.
   *
   * @throws VaultException when it is no key, or has been mistyped
   */
  public static EncryptionKey parse(String text) {
    String line = text.strip();
    if (!line.startsWith(PREFIX)) {
      throw new VaultException(
          "an encryption key starts with '" + PREFIX + "': make one with 'keys generate'");
    }
    byte[] bytes = decoded(line.substring(PREFIX.length()));
    if (bytes.length != KEY_SIZE + CHECKSUM_SIZE) {
      throw new VaultException(
          "an encryption key was cut short or has something added: copy the whole line");
    }
    byte[] key = Arrays.copyOf(bytes, KEY_SIZE);
    byte[] checksum = Arrays.copyOfRange(bytes, KEY_SIZE, bytes.length);
    if (!MessageDigest.isEqual(checksum, checksum(key))) {
      throw new VaultException("an encryption key has a typing error: copy the whole line again");
    }
    return new EncryptionKey(key);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      // Without the cause: it repeats a character of the key.
      throw new VaultException(
          "an encryption key has a typing error: a character is none that a key is written with");
    }
  }

  private static byte[] checksum(byte[] key) {
    return Arrays.copyOf(digest("checksum", key), CHECKSUM_SIZE);
  }

  /** Each purpose has a digest of its own, so that neither gives anything of the key away. */
  private static byte[] digest(String purpose, byte[] key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(("cloud connector key " + purpose + ":").getBytes(Vault.TEXT));
      return sha256.digest(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The secret itself, on one line, for the operator to keep. */
  public String text() {
    byte[] bytes = Arrays.copyOf(key, KEY_SIZE + CHECKSUM_SIZE);
    System.arraycopy(checksum(key), 0, bytes, KEY_SIZE, CHECKSUM_SIZE);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Eight hexadecimal digits that name the key and give nothing of it away. */
  public String id() {
    return id;
  }

  SecretKey aes() {
    return new SecretKeySpec(key, "AES");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionKey that && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "EncryptionKey[" + id + "]";
  }
}
