package io.cloudconnector.simulator.oura;

import java.util.Locale;

/** What happened to a document. */
record OuraEvent(Operation operation, OuraType type, String id) {
  enum Operation {
    CREATE,
    UPDATE,
    DELETE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static OuraEvent of(Operation operation, OuraDocument document) {
    return new OuraEvent(operation, document.type(), document.id());
  }
}
