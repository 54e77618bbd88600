package io.cloudconnector.host.web;

import io.cloudconnector.api.WebhookRequest;
import io.cloudconnector.host.pipeline.HeaderSource;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A webhook as it came in, or as quarantine kept it. Immutable; {@code toString} shows no header or
 * body.
 */
final class ReceivedWebhook implements WebhookRequest, HeaderSource {
  private static final Pattern FORBIDDEN =
      Pattern.compile("%(?![0-9A-Fa-f]{2})|[^\\x21-\\x7e]|[\"<>\\\\^`{|}]");

  private static final Source QUARANTINE = new Source("quarantine");

  private final String method;
  private final Map<String, List<String>> headers;
  private final Map<String, String> query;
  private final URI externalUrl;
  private final byte[] body;
  private final Instant receivedAt;
  private final Source source;

  /** Takes the map of headers for its own; it is sorted without regard to case. */
  private ReceivedWebhook(
      String method,
      SortedMap<String, List<String>> headers,
      Map<String, String> query,
      URI externalUrl,
      byte[] body,
      Instant receivedAt,
      Source source) {
    this.method = method;
    this.headers = Collections.unmodifiableMap(headers);
    this.query = Map.copyOf(query);
    this.externalUrl = externalUrl;
    this.body = body.clone();
    this.receivedAt = receivedAt;
    this.source = source;
  }

  static ReceivedWebhook of(
      HttpServletRequest request, URI publicUrl, byte[] body, Instant receivedAt, Source source) {
    SortedMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(name, Collections.list(request.getHeaders(name)));
    }
    String query = request.getQueryString();
    URI url =
        URI.create(
            publicUrl + request.getRequestURI() + (query == null ? "" : "?" + escaped(query)));
    return new ReceivedWebhook(
        request.getMethod(), headers, QueryText.parse(query), url, body, receivedAt, source);
  }

  /** A request out of quarantine. */
  static ReceivedWebhook kept(
      String method,
      String url,
      Map<String, List<String>> headers,
      byte[] body,
      Instant receivedAt) {
    URI address = URI.create(url);
    SortedMap<String, List<String>> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    return new ReceivedWebhook(
        method,
        sorted,
        QueryText.parse(address.getRawQuery()),
        address,
        body,
        receivedAt,
        QUARANTINE);
  }

  /** What a URI must not hold although servers let it pass. */
  private static String escaped(String query) {
    return FORBIDDEN
        .matcher(query)
        .replaceAll(
            found -> URLEncoder.encode(found.group(), StandardCharsets.UTF_8).replace("+", "%20"));
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(List::getFirst);
  }

  @Override
  public Map<String, List<String>> headers() {
    return headers;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  @Override
  public URI externalUrl() {
    return externalUrl;
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public Instant receivedAt() {
    return receivedAt;
  }

  /** Who sent it. */
  Source source() {
    return source;
  }

  @Override
  public String toString() {
    return method + " " + externalUrl.getPath() + " (" + body.length + " bytes)";
  }
}
