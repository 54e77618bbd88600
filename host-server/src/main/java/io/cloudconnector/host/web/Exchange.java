package io.cloudconnector.host.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One request, with what its route took from the path. */
final class Exchange {
  /** Far more than any request of the interface needs. */
  static final int MAX_BODY = 1024 * 1024;

  private static final long BODY_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int CHUNK = 8192;
  private static final int MAX_SKIPPED = 8 * MAX_BODY;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final HttpServletRequest request;
  private final String caller;
  private final Map<String, String> path;
  private final BodyBudget.Lease memory;

  Exchange(
      HttpServletRequest request,
      String caller,
      Map<String, String> path,
      BodyBudget.Lease memory) {
    this.memory = memory;
    this.request = request;
    this.caller = caller;
    this.path = Map.copyOf(path);
  }

  HttpServletRequest request() {
    return request;
  }

  /** The name of the API key that it came with. */
  String caller() {
    return caller;
  }

  /** What stands in the path for a name of the route; decoded. */
  String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no part named " + name);
    }
    return value;
  }

  /** A part that the route may lack. */
  Optional<String> optionalPath(String name) {
    return Optional.ofNullable(path.get(name));
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(parameterMap().get(name))
        .map(values -> StorableText.of(name, values[0]));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  Optional<String> cookie(String name) {
    return Arrays.stream(cookies())
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .findFirst();
  }

  private Cookie[] cookies() {
    try {
      Cookie[] cookies = request.getCookies();
      return cookies == null ? new Cookie[0] : cookies;
    } catch (HttpException.RuntimeException | IllegalArgumentException unreadable) {
      // Ours are always readable, so none of these is.
      return new Cookie[0];
    }
  }

  /** The first value of each query or form parameter, decoded. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameterMap()
        .forEach(
            (name, values) ->
                parameters.put(
                    StorableText.of("a parameter's name", name),
                    StorableText.of("a parameter", values[0])));
    return parameters;
  }

  /** Whether a query or form parameter is given more than once. */
  boolean isRepeated(String name) {
    String[] values = parameterMap().get(name);
    return values != null && values.length > 1;
  }

  private Map<String, String[]> parameterMap() {
    try {
      return request.getParameterMap();
    } catch (HttpException.RuntimeException
        | IllegalArgumentException
        | IllegalStateException undecodable) {
      throw ProblemException.badRequest(
          "the query or form cannot be decoded: write it as UTF-8, percent-encoded");
    }
  }

  /**
   * The whole body.
   *
   * @throws ProblemException 413 when it is larger than {@link #MAX_BODY}
   */
  byte[] body() {
    try {
      if (request.getContentLengthLong() > MAX_BODY && request.getHeader("Expect") != null) {
        throw tooLarge();
      }
      InputStream stream = request.getInputStream();
      byte[] body = read(stream, request.getContentLengthLong());
      if (body.length > MAX_BODY) {
        skip(stream);
        throw tooLarge();
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException("the caller stopped sending", e);
    }
  }

  private static ProblemException tooLarge() {
    return new ProblemException(413, "too-large", "the body is larger than 1 MiB");
  }

  /**
   * At most one byte more than allowed, and no slower than a bad line is.
   *
   * @param announced how many there should be; less than none when that is not known
   */
  private byte[] read(InputStream stream, long announced) throws IOException {
    long deadline = System.nanoTime() + BODY_NANOS;
    // Most bodies are small, and this is asked for each request.
    byte[] chunk = new byte[announced < 0 ? CHUNK : (int) Math.min(CHUNK, announced + 1)];
    ByteArrayOutputStream body = new ByteArrayOutputStream(chunk.length);
    memory.grow(chunk.length);
    for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
      body.write(chunk, 0, Math.min(read, MAX_BODY + 1 - body.size()));
      if (body.size() > MAX_BODY) {
        break;
      }
      if (System.nanoTime() > deadline) {
        throw new ProblemException(408, "too-slow", "the body took longer than 30 seconds");
      }
      memory.grow(body.size() + chunk.length);
    }
    return body.toByteArray();
  }

  /**
   * Many callers hear the answer only when they could send all; but not everybody is waited for.
   */
  private static void skip(InputStream stream) throws IOException {
    byte[] waste = new byte[CHUNK];
    int skipped = 0;
    for (int read = 0; read >= 0 && skipped < MAX_SKIPPED; read = stream.read(waste)) {
      skipped += read;
    }
  }

  /** The body as a JSON object with no other members than these. */
  JsonNode json(String... members) {
    JsonNode json;
    try {
      json = JSON.readTree(body());
    } catch (JacksonException e) {
      throw ProblemException.badRequest("the body is not JSON");
    }
    if (!json.isObject()) {
      throw ProblemException.badRequest("the body must be a JSON object");
    }
    for (String name : json.propertyNames()) {
      if (!Arrays.asList(members).contains(name)) {
        throw ProblemException.badRequest(
            "unknown member '%s'; known are: %s".formatted(name, String.join(", ", members)));
      }
    }
    return json;
  }
}
