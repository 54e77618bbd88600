package io.cloudconnector.testkit;

import io.cloudconnector.api.HttpReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A vendor's answer that came over no wire. Immutable; withers return copies. */
public final class FakeReply implements HttpReply {
  /** What no header of use ever says. */
  static final List<String> GARBAGE =
      List.of(
          "-1",
          "NaN",
          ",;=,;=",
          "100;window=",
          "0x10",
          "99999999999999999999999999",
          "\u00e9\ud83d\ude00",
          "Thu, 99 Foo 2026",
          "x".repeat(10_000));

  private final int status;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Optional<String> everyHeader;

  private FakeReply(int status, Map<String, String> headers, Optional<String> everyHeader) {
    this.status = status;
    this.headers.putAll(headers);
    this.everyHeader = everyHeader;
  }

  public static FakeReply status(int status) {
    return new FakeReply(status, Map.of(), Optional.empty());
  }

  public FakeReply header(String name, String value) {
    FakeReply copy = new FakeReply(status, headers, everyHeader);
    copy.headers.put(name, value);
    return copy;
  }

  /** A copy that has this value for every header one may ask for. */
  FakeReply everyHeader(String value) {
    return new FakeReply(status, headers, Optional.of(value));
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).or(() -> everyHeader);
  }

  @Override
  public byte[] body() {
    return new byte[0];
  }
}
