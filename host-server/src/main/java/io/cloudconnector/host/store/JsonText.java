package io.cloudconnector.host.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sets and maps as JSON text in one column: they are only ever read as a whole. */
final class JsonText {
  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonText() {}

  static String of(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static Set<String> set(String text) {
    return MAPPER.readValue(text, new TypeReference<Set<String>>() {});
  }

  static Map<String, String> map(String text) {
    return MAPPER.readValue(text, new TypeReference<Map<String, String>>() {});
  }

  static Map<String, List<String>> lists(String text) {
    return MAPPER.readValue(text, new TypeReference<Map<String, List<String>>>() {});
  }
}
