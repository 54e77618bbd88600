package io.cloudconnector.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in. Immutable. Its text form shows neither query, headers nor body, since
 * tokens and codes travel there.
 */
public final class SimulatedRequest {
  private static final String BEARER = "Bearer ";

  private final String method;
  private final String path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Instant receivedAt;
  private final Map<String, String> parts;

  /**
   * @param path as sent, percent-encoding untouched, without the query
   * @param query decoded; of a name given twice, the first value
   * @param headers names in lower case
   * @param parts the values of the placeholders in the route's path, decoded
   */
  SimulatedRequest(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body,
      Instant receivedAt,
      Map<String, String> parts) {
    this.method = method;
    this.path = path;
    this.query = Map.copyOf(query);
    this.headers = Map.copyOf(headers);
    this.body = body.clone();
    this.receivedAt = receivedAt;
    this.parts = Map.copyOf(parts);
  }

  SimulatedRequest withParts(Map<String, String> values) {
    return new SimulatedRequest(method, path, query, headers, body, receivedAt, values);
  }

  /** The method, in capitals. */
  public String method() {
    return method;
  }

  /** The path as sent, percent-encoding untouched, without the query. */
  public String path() {
    return path;
  }

  /** When it was received, by the cloud's clock. */
  public Instant receivedAt() {
    return receivedAt;
  }

  /** A query parameter, decoded. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A header; upper and lower case do not matter. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * What stands in the path at a placeholder of the route, decoded.
   *
   * @throws IllegalArgumentException when the route has no such placeholder
   */
  public String part(String name) {
    String value = parts.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no placeholder {" + name + "}");
    }
    return value;
  }

  /** The token of an {@code Authorization: Bearer} header, in clear. */
  public Optional<String> bearerToken() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }

  /**
   * The fields of a urlencoded body.
   *
   * @throws Refusal with status 400 when the encoding is broken
   */
  public Map<String, String> form() {
    return FormText.parse(new String(body, StandardCharsets.UTF_8));
  }

  /** A copy of the body. */
  public byte[] body() {
    return body.clone();
  }

  /** Method, path, time, and of an authorization header only that there is one. */
  @Override
  public String toString() {
    String authorization = header("authorization").isPresent() ? " (authorization: ***)" : "";
    return receivedAt + " " + method + " " + path + authorization;
  }
}
