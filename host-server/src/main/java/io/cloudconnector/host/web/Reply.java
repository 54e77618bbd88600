package io.cloudconnector.host.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** An answer to be written. Immutable; withers return copies. */
final class Reply {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final int status;
  private final Map<String, String> headers;
  private final Optional<String> mediaType;
  private final byte[] body;
  private final Optional<Stream> stream;

  private Reply(
      int status,
      Map<String, String> headers,
      Optional<String> mediaType,
      byte[] body,
      Optional<Stream> stream) {
    this.status = status;
    this.headers = headers;
    this.mediaType = mediaType;
    this.body = body;
    this.stream = stream;
  }

  /** A body that is written bit by bit, on the request's thread, for as long as it likes. */
  @FunctionalInterface
  interface Stream {
    void writeTo(OutputStream out) throws IOException;
  }

  static Reply stream(String mediaType, Stream stream) {
    return new Reply(200, Map.of(), Optional.of(mediaType), new byte[0], Optional.of(stream))
        // Proxies hold back what they take for a page in the making.
        .header("X-Accel-Buffering", "no");
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), Optional.empty(), new byte[0], Optional.empty());
  }

  /** Anything that Jackson writes: maps, lists, trees. */
  static Reply json(int status, Object value) {
    return bytes(status, "application/json", JSON.writeValueAsBytes(value));
  }

  static Reply text(int status, String mediaType, String text) {
    return bytes(status, mediaType, text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply bytes(int status, String mediaType, byte[] body) {
    return new Reply(status, Map.of(), Optional.of(mediaType), body, Optional.empty());
  }

  static Reply redirect(String location) {
    return empty(302).header("Location", location);
  }

  Reply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, mediaType, body, stream);
  }

  /** The same with another media type, such as one more exact than JSON. */
  Reply as(String type) {
    return new Reply(status, headers, Optional.of(type), body, stream);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  Optional<String> mediaType() {
    return mediaType;
  }

  /** What writes the body instead of {@link #body}. */
  Optional<Stream> stream() {
    return stream;
  }

  /** Not a copy: it is written once and not looked at again. */
  byte[] body() {
    return body;
  }
}
