package io.cloudconnector.host.cli;

import io.cloudconnector.host.config.ServerSettings;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.config.TlsKeystore;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls a running host as any application does: what changes its data goes through the one process
 * that may. Every fault is a {@link StartupException} in words for the operator, with status 2 when
 * the key or the request is wrong and 1 for all else.
 */
final class HostClient implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Replaying a large number takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http;
  private final URI host;
  private final String apiKey;

  /** Of a host at an address that does not end in a slash. */
  HostClient(URI host, String apiKey) {
    this(host, apiKey, builder().build());
  }

  private HostClient(URI host, String apiKey, HttpClient http) {
    this.host = host;
    this.apiKey = apiKey;
    this.http = http;
  }

  /** Of the host that is served on this machine with these settings. */
  static HostClient of(ServerSettings server, String apiKey) {
    HttpClient.Builder builder = builder();
    server
        .tls()
        .map(tls -> TlsKeystore.open(tls, Instant.now()).certificate())
        .ifPresent(certificate -> builder.sslContext(KnownCertificate.only(certificate)));
    return new HostClient(HostAddress.of(server), apiKey, builder.build());
  }

  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  /**
   * Asks.
   *
   * @param path begins with a slash, and has its query, both encoded
   */
  JsonNode get(String path) {
    return call("GET", path, BodyPublishers.noBody());
  }

  JsonNode post(String path) {
    return call("POST", path, BodyPublishers.noBody());
  }

  JsonNode post(String path, Map<String, ?> body) {
    return call("POST", path, BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  /** Names and values as the query of a path. */
  static String query(Map<String, String> members) {
    return members.entrySet().stream()
        .map(each -> each.getKey() + "=" + segment(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** Any text as one segment of a path, or as a value in a query. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode delete(String path) {
    return call("DELETE", path, BodyPublishers.noBody());
  }

  private JsonNode call(String method, String path, BodyPublisher body) {
    HttpResponse<byte[]> answer = send(request(method, path, body));
    JsonNode json = json(answer);
    if (answer.statusCode() / 100 == 2) {
      return json;
    }
    throw refused(answer.statusCode(), json.path("detail").asString(""));
  }

  private HttpRequest request(String method, String path, BodyPublisher body) {
    try {
      return HttpRequest.newBuilder(URI.create(host + path))
          .timeout(PATIENCE)
          .header("Authorization", "Bearer " + apiKey)
          .header("Content-Type", "application/json")
          .method(method, body)
          .build();
    } catch (IllegalArgumentException _) {
      // Without the cause, which quotes the key.
      throw StartupException.configuration("the API key has characters that no key has");
    }
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new StartupException(
          "no host answers at " + host + "; start it, or name another with --url", e);
    } catch (HttpTimeoutException e) {
      throw new StartupException(
          host + " took longer than " + PATIENCE.toMinutes() + " minutes; see its log", e);
    } catch (IOException e) {
      throw new StartupException(
          "the call to " + host + " broke off (" + e.getMessage() + "); see the host's log", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while " + host + " was working", e);
    }
  }

  private JsonNode json(HttpResponse<byte[]> answer) {
    if (answer.body().length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JacksonException e) {
      throw new StartupException(
          host
              + " answered "
              + answer.statusCode()
              + " and no JSON: that is no Cloud Connector; name the host with --url",
          e);
    }
  }

  private StartupException refused(int status, String detail) {
    return switch (status) {
      case 401 ->
          StartupException.configuration(
              host + " does not know this API key; name one with --api-key or " + HostOptions.KEY);
      case 403 ->
          StartupException.configuration(
              "this API key may only read; name another with --api-key or " + HostOptions.KEY);
      case 400 -> StartupException.configuration("the host refused: " + Printable.line(detail));
      default ->
          new StartupException("the host answered " + status + ": " + Printable.line(detail));
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
