package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 with one secret, for a {@link WebhookSigner} to write as its vendor does. */
public final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private Hmac(SecretKeySpec key) {
    this.key = key;
  }

  public static Hmac sha256(String secret) {
    return new Hmac(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
  }

  /** The 32 bytes that prove these parts, one behind the other. */
  public byte[] of(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
