package io.cloudconnector.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * As much of an HTTP/1.1 answer as has come. Knows only answers with a Content-Length, which the
 * host gives.
 *
 * @param status 0 until the head is whole
 * @param bodyAt where the body begins
 * @param length of the body
 */
record HttpAnswer(int status, int bodyAt, int length, boolean isWhole) {
  private static final HttpAnswer UNFINISHED = new HttpAnswer(0, 0, 0, false);
  private static final String LENGTH = "\r\ncontent-length:";

  static HttpAnswer in(byte[] bytes, int count) {
    int end = endOfHead(bytes, count);
    if (end < 0) {
      return UNFINISHED;
    }
    String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int status = Integer.parseInt(head.substring(9, 12));
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IllegalStateException("an answer without a length: " + head.lines().findFirst());
    }
    int lineEnd = head.indexOf('\r', at + 2);
    String value = head.substring(at + LENGTH.length(), lineEnd < 0 ? end : lineEnd);
    int length = Integer.parseInt(value.strip());
    int bodyAt = end + 4;
    return new HttpAnswer(status, bodyAt, length, count >= bodyAt + length);
  }

  private static int endOfHead(byte[] bytes, int count) {
    for (int i = 3; i < count; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        return i - 3;
      }
    }
    return -1;
  }
}
