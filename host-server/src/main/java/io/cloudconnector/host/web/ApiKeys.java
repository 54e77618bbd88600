package io.cloudconnector.host.web;

import io.cloudconnector.host.config.ApiKey;
import io.cloudconnector.host.store.Bytes;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that open {@code /v1}. Held as hashes, and compared in constant time. Thread-safe. */
final class ApiKeys {
  private static final Set<String> LOOKING = Set.of("GET", "HEAD");

  private final List<HashedKey> keys;
  private final ClientAddresses addresses;
  private final WrongKeys wrong;

  ApiKeys(List<ApiKey> keys, ClientAddresses addresses, WrongKeys wrong) {
    this.addresses = addresses;
    this.wrong = wrong;
    this.keys =
        keys.stream()
            .map(
                key ->
                    new HashedKey(key.name(), Bytes.of(hash(key.key().reveal())), key.readOnly()))
            .toList();
  }

  private record HashedKey(String name, Bytes hash, boolean readOnly) {}

  /**
   * Lets a request pass.
   *
   * @return the name of its key
   * @throws ProblemException 401 without a good key, 429 after too many wrong ones, 403 when the
   *     key may only look
   */
  String check(HttpServletRequest request) {
    String bearer = bearer(request);
    if (bearer.isEmpty()) {
      throw ProblemException.unauthorized();
    }
    byte[] given = hash(bearer);
    @Nullable HashedKey found = null;
    for (HashedKey key : keys) {
      // All are compared, so that the time does not tell which one was close.
      if (MessageDigest.isEqual(key.hash().toArray(), given)) {
        found = key;
      }
    }
    if (found == null) {
      throw wrong.from(addresses.of(request));
    }
    if (found.readOnly() && !LOOKING.contains(request.getMethod())) {
      throw new ProblemException(403, "read-only-key", "this key may only read");
    }
    return found.name();
  }

  private static String bearer(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
        ? header.substring(7).strip()
        : "";
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
