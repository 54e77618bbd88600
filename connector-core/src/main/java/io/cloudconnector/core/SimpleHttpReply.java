package io.cloudconnector.core;

import io.cloudconnector.api.HttpReply;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A whole answer in memory. Immutable; the bytes are copied in and out. */
public final class SimpleHttpReply implements HttpReply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private SimpleHttpReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * An answer with these headers, of each name the first value.
   *
   * @param body empty for none
   */
  public static SimpleHttpReply of(int status, Map<String, String> headers, byte[] body) {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(anyCase::putIfAbsent);
    return new SimpleHttpReply(status, anyCase, body.clone());
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The first value of each header. */
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** Status and size, never the content. */
  @Override
  public String toString() {
    return status + " (" + body.length + " bytes)";
  }
}
