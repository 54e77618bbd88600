package io.cloudconnector.simulator.oura;

import io.cloudconnector.simulator.JsonText;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;

/** One state of one document. Always served as the same bytes. */
record OuraDocument(Occasion occasion, JsonText content) {
  static final Comparator<OuraDocument> OLDEST_FIRST = Comparator.comparing(OuraDocument::key);

  /** A wish for some fields does not keep these away. */
  private static final Set<String> ALWAYS = Set.of("id", "day", "timestamp", "start_day");

  OuraType type() {
    return occasion.type();
  }

  String id() {
    return occasion.id();
  }

  /** Where the dates of a list look for it, by the person's clock. */
  LocalDateTime place() {
    return type().form() == OuraType.Form.MOMENT
        ? occasion.from().toLocalDateTime()
        : occasion.day().atStartOfDay();
  }

  /** By its place, and by its id among those of one place. */
  String key() {
    return OuraTime.sortable(place()) + " " + id();
  }

  /** The document. Different ones come in different spacings, the same always in the same. */
  byte[] bytes() {
    return json().bytes(spacing());
  }

  /** What is served to someone who asks for these fields only. */
  byte[] bytes(Set<String> fields) {
    Set<String> names = new LinkedHashSet<>(fields);
    names.addAll(ALWAYS);
    return json().only(names).bytes(spacing());
  }

  private JsonText json() {
    return JsonText.object().text("id", id()).all(content);
  }

  private JsonText.Spacing spacing() {
    JsonText.Spacing[] spacings = JsonText.Spacing.values();
    return spacings[Math.floorMod(id().hashCode(), spacings.length)];
  }
}
