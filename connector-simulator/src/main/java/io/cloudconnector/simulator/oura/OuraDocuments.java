package io.cloudconnector.simulator.oura;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One person's documents as they are now. Thread-safe. */
final class OuraDocuments {
  private record Key(OuraType type, String id) {}

  private final Map<Key, OuraDocument> documents = new HashMap<>();

  synchronized void put(OuraDocument document) {
    documents.put(new Key(document.type(), document.id()), document);
  }

  synchronized void remove(OuraDocument document) {
    documents.remove(new Key(document.type(), document.id()));
  }

  synchronized Optional<OuraDocument> find(OuraType type, String id) {
    return Optional.ofNullable(documents.get(new Key(type, id)));
  }

  synchronized List<OuraDocument> oldestFirst(OuraType type) {
    return documents.values().stream()
        .filter(document -> document.type() == type)
        .sorted(OuraDocument.OLDEST_FIRST)
        .toList();
  }

  Optional<OuraDocument> ofDay(OuraType type, LocalDate day) {
    return oldestFirst(type).reversed().stream()
        .filter(document -> document.occasion().day().equals(day))
        .findFirst();
  }
}
