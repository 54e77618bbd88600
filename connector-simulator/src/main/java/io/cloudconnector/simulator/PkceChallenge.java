package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A code challenge of RFC 7636. */
record PkceChallenge(String method, String challenge) {
  static boolean knows(String method) {
    return method.equals("S256") || method.equals("plain");
  }

  boolean isMetBy(@Nullable String verifier) {
    if (verifier == null) {
      return false;
    }
    return challenge.equals(method.equals("plain") ? verifier : sha256(verifier));
  }

  private static String sha256(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
