package io.cloudconnector.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: status, headers, body. Immutable; the text form does not show the body. */
public final class SimulatedReply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private SimulatedReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** A JSON body, sent byte for byte. */
  public static SimulatedReply json(int status, byte[] json) {
    return new SimulatedReply(status, Map.of("Content-Type", "application/json"), json.clone());
  }

  /** A JSON body. */
  public static SimulatedReply json(int status, String json) {
    return json(status, json.getBytes(UTF_8));
  }

  /** A plain text body. */
  public static SimulatedReply text(int status, String text) {
    return new SimulatedReply(
        status, Map.of("Content-Type", "text/plain;charset=utf-8"), text.getBytes(UTF_8));
  }

  /** An HTML page. */
  public static SimulatedReply html(int status, String page) {
    return new SimulatedReply(
        status, Map.of("Content-Type", "text/html;charset=utf-8"), page.getBytes(UTF_8));
  }

  /** No body. */
  public static SimulatedReply empty(int status) {
    return new SimulatedReply(status, Map.of(), new byte[0]);
  }

  /** Sends the browser elsewhere (302). */
  public static SimulatedReply redirect(String location) {
    return empty(302).with("Location", location);
  }

  /** The same with one more header. */
  public SimulatedReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new SimulatedReply(status, more, body);
  }

  /** The same with only the first half of the body. */
  SimulatedReply cut() {
    return new SimulatedReply(status, headers, Arrays.copyOf(body, body.length / 2));
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The headers. */
  public Map<String, String> headers() {
    return headers;
  }

  /** A copy of the body. */
  public byte[] body() {
    return body.clone();
  }

  @Override
  public String toString() {
    return status + " with " + body.length + " bytes";
  }
}
