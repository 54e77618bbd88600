package io.cloudconnector.host.vault;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals values with AES-256-GCM and opens them. The first key seals; all open, so a key is replaced
 * by putting a new one before it. A sealed value is: version (1 byte), key id (4), nonce (12), then
 * the ciphertext with its tag (16). Safe for use by many threads.
 *
 * <p>The associated data says what a value belongs to, such as a vendor, user and generation. It is
 * not stored; a value that was moved to another place in the database does not open there.
 */
public final class Vault {
  static final Charset TEXT = StandardCharsets.UTF_8;
  static final int KEY_ID_SIZE = 4;
  private static final byte VERSION = 1;
  private static final int NONCE_SIZE = 12;
  private static final int TAG_SIZE = 16;
  private static final int HEADER_SIZE = 1 + KEY_ID_SIZE + NONCE_SIZE;

  private final Map<String, EncryptionKey> keys = new LinkedHashMap<>();
  private final EncryptionKey first;
  private final SecureRandom random = new SecureRandom();

  /**
   * @throws VaultException when there is no key
   */
  public Vault(List<EncryptionKey> keys) {
    if (keys.isEmpty()) {
      throw new VaultException("there is no encryption key: make one with 'keys generate'");
    }
    this.first = keys.getFirst();
    keys.forEach(this::add);
  }

  private void add(EncryptionKey key) {
    EncryptionKey before = keys.putIfAbsent(key.id(), key);
    if (before != null && !before.equals(key)) {
      // Values name their key by its id, so one of the two would open nothing.
      throw new VaultException(
          "two encryption keys have the same id, " + key.id() + ": make another");
    }
  }

  /** The id of the key that seals. */
  public String firstKeyId() {
    return first.id();
  }

  /** The ids of the keys that this vault can open values of, the first one first. */
  public Set<String> keyIds() {
    return Collections.unmodifiableSet(keys.keySet());
  }

  /** Encrypts with the first key, under a nonce never used before. */
  public byte[] seal(byte[] plain, String associatedData) {
    byte[] header = header();
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, first, header, associatedData);
      byte[] sealed =
          ByteBuffer.allocate(HEADER_SIZE + plain.length + TAG_SIZE).put(header).array();
      cipher.doFinal(plain, 0, plain.length, sealed, HEADER_SIZE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new VaultException("a value could not be sealed", e);
    }
  }

  private byte[] header() {
    byte[] nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    return ByteBuffer.allocate(HEADER_SIZE)
        .put(VERSION)
        .put(HexFormat.of().parseHex(first.id()))
        .put(nonce)
        .array();
  }

  /**
   * Decrypts what {@link #seal} made.
   *
   * @throws VaultException naming the key's id when that key is missing, or saying that the value
   *     was tampered with or moved
   */
  public byte[] open(byte[] sealed, String associatedData) {
    String keyId = keyIdOf(sealed);
    EncryptionKey key = keys.get(keyId);
    if (key == null) {
      throw new VaultException(
          "a stored value was sealed with encryption key "
              + keyId
              + ", which is missing: add it to security.encryptionKeys");
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, associatedData);
      return cipher.doFinal(sealed, HEADER_SIZE, sealed.length - HEADER_SIZE);
    } catch (AEADBadTagException e) {
      throw new VaultException("a stored value was tampered with or moved to another place", e);
    } catch (GeneralSecurityException e) {
      throw new VaultException("a stored value could not be opened", e);
    }
  }

  /** Version and key id are authenticated as well: what a flipped bit there did must not pass. */
  private static Cipher cipher(int mode, EncryptionKey key, byte[] header, String associatedData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    int nonceAt = 1 + KEY_ID_SIZE;
    cipher.init(
        mode, key.aes(), new GCMParameterSpec(TAG_SIZE * Byte.SIZE, header, nonceAt, NONCE_SIZE));
    cipher.updateAAD(header, 0, nonceAt);
    cipher.updateAAD(associatedData.getBytes(TEXT));
    return cipher;
  }

  /**
   * The id of the key that a value was sealed with.
   *
   * @throws VaultException when it is no sealed value
   */
  public static String keyIdOf(byte[] sealed) {
    if (sealed.length < HEADER_SIZE + TAG_SIZE || sealed[0] != VERSION) {
      throw new VaultException(
          "a stored value is not of a form that this version seals: it was tampered with, or is"
              + " from a newer version");
    }
    return HexFormat.of().formatHex(sealed, 1, 1 + KEY_ID_SIZE);
  }
}
