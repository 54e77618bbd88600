package io.cloudconnector.api;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One call to a vendor. Immutable; withers return copies. */
public final class HttpCall {
  private final String method;
  private final URI uri;
  private final Map<String, String> headers;
  private final Optional<byte[]> body;
  private final Optional<String> tag;

  private HttpCall(
      String method,
      URI uri,
      Map<String, String> headers,
      Optional<byte[]> body,
      Optional<String> tag) {
    this.method = method;
    this.uri = uri;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.tag = tag;
  }

  public static HttpCall get(URI uri) {
    return of("GET", uri);
  }

  /**
   * A call with another method.
   *
   * @param method in capitals
   * @throws IllegalArgumentException when the address is not absolute {@code http(s)} with a host,
   *     or carries user information
   */
  public static HttpCall of(String method, URI uri) {
    boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "a vendor call needs an absolute http or https address without user information");
    }
    return new HttpCall(
        method.toUpperCase(Locale.ROOT), uri, Map.of(), Optional.empty(), Optional.empty());
  }

  /** Sets a header, replacing an earlier value; the name's case does not matter. */
  public HttpCall header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new HttpCall(method, uri, more, body, tag);
  }

  /** Adds a query parameter, encoded; for vendors that take the token there. */
  public HttpCall query(String name, String value) {
    String base = uri.toString();
    String joint = uri.getRawQuery() == null ? "?" : "&";
    return new HttpCall(method, URI.create(base + joint + pair(name, value)), headers, body, tag);
  }

  public HttpCall body(byte[] bytes, String mediaType) {
    return new HttpCall(method, uri, headers, Optional.of(bytes.clone()), tag)
        .header("Content-Type", mediaType);
  }

  /** A body of {@code application/x-www-form-urlencoded} fields. */
  public HttpCall form(Map<String, String> fields) {
    List<String> pairs = new ArrayList<>();
    fields.forEach((name, value) -> pairs.add(pair(name, value)));
    return body(
        String.join("&", pairs).getBytes(StandardCharsets.US_ASCII),
        "application/x-www-form-urlencoded");
  }

  /**
   * The class of this call for limits that count only some; see {@link RateLimitConfig#onlyTagged}.
   */
  public HttpCall tag(String name) {
    return new HttpCall(method, uri, headers, body, Optional.of(name));
  }

  private static String pair(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  public String method() {
    return method;
  }

  public URI uri() {
    return uri;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public Optional<byte[]> body() {
    return body.map(byte[]::clone);
  }

  public Optional<String> tag() {
    return tag;
  }

  /** Method, host and path: a query or a header may hold a secret. */
  @Override
  public String toString() {
    return method + " " + uri.getHost() + uri.getRawPath();
  }
}
