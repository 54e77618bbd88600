package io.cloudconnector.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One request as a {@link StubVendor} got it. Immutable. */
public final class RecordedCall {
  private final String method;
  private final String path;
  private final String query;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final byte[] body;

  RecordedCall(String method, String path, String query, Map<String, String> headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers.putAll(headers);
    this.body = body.clone();
  }

  public String method() {
    return method;
  }

  /** The path as it was sent, still encoded. */
  public String path() {
    return path;
  }

  /** The query as it was sent, still encoded; empty where there was none. */
  public String query() {
    return query;
  }

  /** The first value of a header; the name's case does not matter. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public String body() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The first value of a field of a form body, decoded. */
  public Optional<String> form(String name) {
    return FormText.first(body(), name);
  }

  /** Method, path, query and body: what makes one question differ from another. */
  String question() {
    return this + "?" + query + " " + body();
  }

  /** Whether a word stands in the path, the query or the body, and not as a part of another. */
  boolean says(String word) {
    String encoded = URLEncoder.encode(word, StandardCharsets.UTF_8);
    String either = Pattern.quote(word) + "|" + Pattern.quote(encoded);
    return Pattern.compile("(?<![\\w-])(" + either + ")(?![\\w-])").matcher(question()).find();
  }

  /** Whether the text stands anywhere in the request, as it is or encoded for a form. */
  boolean carries(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    return (path + " " + query + " " + headers.values() + " " + body()).contains(text)
        || (query + " " + body()).contains(encoded);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
