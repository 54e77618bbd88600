package io.cloudconnector.host.web;

import java.nio.charset.StandardCharsets;

/** Texts that a database can hold and give back as they were. */
final class StorableText {
  private StorableText() {}

  /**
   * Lets one pass.
   *
   * @throws ProblemException 400 when it has a NUL, which PostgreSQL refuses, or half a character,
   *     which has no UTF-8
   */
  static String of(String name, String text) {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw ProblemException.badRequest("'" + name + "' has a NUL or half a character");
    }
    return text;
  }
}
