package io.cloudconnector.core;

import io.cloudconnector.api.ConnectorContext;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks the keyed hash (HMAC, RFC 2104) that a vendor puts into a header of its webhooks. What
 * differs between vendors is named one by one:
 *
 * <pre>{@code
 * WebhookVerifier.hmacSha256().base64()
 *     .signature("X-Acme-Signature").timestampMillis("X-Acme-Timestamp")
 *     .signs(Part.timestamp(), Part.body())
 * }</pre>
 *
 * Without more said, the hash is of the body and written in hex. Compares in constant time.
 * Immutable; each wither returns a copy.
 */
public final class WebhookVerifier {
  private final String algorithm;
  private final Encoding encoding;
  private final String keySuffix;
  private final String signatureHeader;
  private final String prefix;
  private final Optional<Timestamp> timestamp;
  private final List<Part> parts;

  private WebhookVerifier(
      String algorithm,
      Encoding encoding,
      String keySuffix,
      String signatureHeader,
      String prefix,
      Optional<Timestamp> timestamp,
      List<Part> parts) {
    this.algorithm = algorithm;
    this.encoding = encoding;
    this.keySuffix = keySuffix;
    this.signatureHeader = signatureHeader;
    this.prefix = prefix;
    this.timestamp = timestamp;
    this.parts = parts;
  }

  public static WebhookVerifier hmacSha256() {
    return hmac("HmacSHA256");
  }

  public static WebhookVerifier hmacSha1() {
    return hmac("HmacSHA1");
  }

  private static WebhookVerifier hmac(String algorithm) {
    return new WebhookVerifier(
        algorithm, Encoding.HEX, "", "", "", Optional.empty(), List.of(Part.body()));
  }

  /** The hash is written in base64 (RFC 4648 4), with padding. */
  public WebhookVerifier base64() {
    return new WebhookVerifier(
        algorithm, Encoding.BASE64, keySuffix, signatureHeader, prefix, timestamp, parts);
  }

  /** The hash is written in hex, in either case. */
  public WebhookVerifier hex() {
    return new WebhookVerifier(
        algorithm, Encoding.HEX, keySuffix, signatureHeader, prefix, timestamp, parts);
  }

  /** What a vendor adds to the secret to make the key, such as {@code &}. */
  public WebhookVerifier keySuffix(String text) {
    return new WebhookVerifier(
        algorithm, encoding, text, signatureHeader, prefix, timestamp, parts);
  }

  /** The header with the hash; its case does not matter. */
  public WebhookVerifier signature(String header) {
    return new WebhookVerifier(algorithm, encoding, keySuffix, header, prefix, timestamp, parts);
  }

  /** What stands before the hash in its header, such as {@code sha256=}. */
  public WebhookVerifier prefix(String text) {
    return new WebhookVerifier(
        algorithm, encoding, keySuffix, signatureHeader, text, timestamp, parts);
  }

  /** The header with the time of sending, in milliseconds since 1970-01-01T00:00Z. */
  public WebhookVerifier timestampMillis(String header) {
    return timestamp(header, Timestamp::millis);
  }

  /** The header with the time of sending, in seconds since 1970-01-01T00:00Z. */
  public WebhookVerifier timestampSeconds(String header) {
    return timestamp(header, Timestamp::seconds);
  }

  /**
   * The header with a time whose form the vendor does not state. Where a tolerance is set, it is
   * read as seconds, milliseconds or ISO 8601, whichever it looks like; ISO 8601 without a zone is
   * UTC.
   */
  public WebhookVerifier timestampOpaque(String header) {
    return timestamp(header, Timestamp::guess);
  }

  private WebhookVerifier timestamp(String header, Function<String, Optional<Instant>> reader) {
    Timestamp named = new Timestamp(header, reader);
    return new WebhookVerifier(
        algorithm, encoding, keySuffix, signatureHeader, prefix, Optional.of(named), parts);
  }

  /** What is hashed, joined in this order with nothing between. */
  public WebhookVerifier signs(Part... signed) {
    return new WebhookVerifier(
        algorithm, encoding, keySuffix, signatureHeader, prefix, timestamp, List.of(signed));
  }

  /** Checks with the configured webhook secrets and tolerance. */
  public boolean verify(WebhookRequest request, ConnectorContext context) {
    return verify(
        request,
        context.config().webhookSecrets(),
        context.config().webhookTolerance(),
        context.clock());
  }

  /**
   * Whether one of the keys made the signature and the time is near enough.
   *
   * @param keys all are tried, so that one can retire while the next is in use
   * @param tolerance how far the time may be from ours, to either side; empty: not looked at
   * @return false also when a header is missing or its time cannot be read
   * @throws IllegalStateException when the verifier itself is incomplete
   */
  public boolean verify(
      WebhookRequest request,
      List<Secret> keys,
      Optional<Duration> tolerance,
      InstantSource clock) {
    checkComplete();
    Optional<String> given = request.header(signatureHeader).filter(s -> s.startsWith(prefix));
    Optional<String> time = timestamp.flatMap(named -> request.header(named.header()));
    if (given.isEmpty() || (timestamp.isPresent() && time.isEmpty())) {
      return false;
    }
    boolean signed = signedByAny(keys, given.get().substring(prefix.length()), request, time);
    return signed && fresh(time, tolerance, clock);
  }

  private void checkComplete() {
    if (signatureHeader.isEmpty()) {
      throw new IllegalStateException("the verifier names no header: add signature(\"…\")");
    }
    if (parts.contains(Part.timestamp()) && timestamp.isEmpty()) {
      throw new IllegalStateException(
          "the verifier signs a time but names no header for it: add timestampMillis(\"…\")");
    }
  }

  private boolean signedByAny(
      List<Secret> keys, String given, WebhookRequest request, Optional<String> time) {
    byte[] claimed = encoding.normalise(given).getBytes(StandardCharsets.UTF_8);
    boolean matched = false;
    for (Secret key : keys) {
      // Compared as text: several base64 texts mean the same bytes, but only one was sent.
      byte[] expected = encoding.encode(mac(key, request, time)).getBytes(StandardCharsets.UTF_8);
      matched |= MessageDigest.isEqual(expected, claimed);
    }
    return matched;
  }

  private byte[] mac(Secret key, WebhookRequest request, Optional<String> time) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      byte[] material = (key.reveal() + keySuffix).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(material, algorithm));
      parts.forEach(part -> mac.update(part.bytes(request, time)));
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + algorithm, e);
    }
  }

  private boolean fresh(Optional<String> time, Optional<Duration> tolerance, InstantSource clock) {
    if (tolerance.isEmpty() || timestamp.isEmpty()) {
      return true;
    }
    Optional<Instant> sent = time.flatMap(timestamp.get().reader());
    return sent.isPresent()
        && Duration.between(sent.get(), clock.instant()).abs().compareTo(tolerance.get()) <= 0;
  }

  /** One piece of what a vendor signs. Immutable. */
  public static final class Part {
    private static final Part TIMESTAMP = new Part((request, time) -> utf8(time.orElseThrow()));
    private static final Part BODY = new Part((request, time) -> request.body());
    private static final Part URL =
        new Part((request, time) -> utf8(request.externalUrl().toString()));

    private final Source source;

    private Part(Source source) {
      this.source = source;
    }

    /** The text of the timestamp header, as it was sent. */
    public static Part timestamp() {
      return TIMESTAMP;
    }

    /** The raw body. */
    public static Part body() {
      return BODY;
    }

    /** A fixed text, such as a separator. */
    public static Part text(String text) {
      return new Part((request, time) -> utf8(text));
    }

    /** The address as the vendor knows it, with the query. */
    public static Part url() {
      return URL;
    }

    private byte[] bytes(WebhookRequest request, Optional<String> time) {
      return source.bytes(request, time);
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Source {
      byte[] bytes(WebhookRequest request, Optional<String> time);
    }
  }

  private enum Encoding {
    HEX {
      @Override
      String encode(byte[] hash) {
        return HexFormat.of().formatHex(hash);
      }

      @Override
      String normalise(String given) {
        return given.toLowerCase(Locale.ROOT);
      }
    },
    BASE64 {
      @Override
      String encode(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
      }

      @Override
      String normalise(String given) {
        return given;
      }
    };

    abstract String encode(byte[] hash);

    abstract String normalise(String given);
  }
}
