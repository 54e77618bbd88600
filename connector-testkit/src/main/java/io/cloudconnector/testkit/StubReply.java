package io.cloudconnector.testkit;

import io.cloudconnector.core.Json;
import io.cloudconnector.core.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a {@link StubVendor} answers. Immutable; withers return copies. */
public final class StubReply {
  /** How the answer is brought. */
  enum Manner {
    WHOLE,
    CUT_OFF,
    NEVER
  }

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Manner manner;

  private StubReply(int status, Map<String, String> headers, byte[] body, Manner manner) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
    this.manner = manner;
  }

  /** An answer without a body. */
  public static StubReply status(int status) {
    return new StubReply(status, Map.of(), new byte[0], Manner.WHOLE);
  }

  /** An answer with a JSON body. */
  public static StubReply json(int status, String text) {
    return of(status, "application/json", text.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer such as a proxy or a login page gives. */
  public static StubReply html(int status) {
    return of(
        status,
        "text/html",
        "<!doctype html><html><body>Please stand by</body></html>"
            .getBytes(StandardCharsets.UTF_8));
  }

  public static StubReply of(int status, String mediaType, byte[] body) {
    return new StubReply(status, Map.of("Content-Type", mediaType), body.clone(), Manner.WHOLE);
  }

  /** No answer at all, until the stub is closed. */
  public static StubReply never() {
    return new StubReply(200, Map.of(), new byte[0], Manner.NEVER);
  }

  /** The headers promise the whole body, and the connection ends in the middle of it. */
  public StubReply cutOff() {
    return new StubReply(status, headers, body, Manner.CUT_OFF);
  }

  public StubReply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new StubReply(status, more, body, manner);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  boolean isNotFound() {
    return status == 404;
  }

  boolean isJson() {
    try {
      Json.parse(body);
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  Manner manner() {
    return manner;
  }
}
