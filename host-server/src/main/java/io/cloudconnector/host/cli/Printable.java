package io.cloudconnector.host.cli;

import tools.jackson.databind.JsonNode;

/** Text from outside, made fit for a terminal: what a vendor sent must not drive it. */
final class Printable {
  private Printable() {}

  /** On one line. */
  static String line(String text) {
    return lines(text).replace('\n', ' ');
  }

  static String lines(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints()
        .forEach(
            point ->
                clean.appendCodePoint(
                    point != '\n' && Character.isISOControl(point) ? '�' : point));
    return clean.toString();
  }

  /** A value of an answer; a hyphen where there is none. */
  static String cell(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "-" : line(value.asString());
  }
}
