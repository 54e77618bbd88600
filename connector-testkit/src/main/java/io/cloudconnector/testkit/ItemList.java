package io.cloudconnector.testkit;

import io.cloudconnector.core.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * An array in a webhook's body that may hold what the body tells: the body itself, or a member of
 * it.
 *
 * @param pointer where it is
 * @param size at least one
 */
record ItemList(String pointer, int size) {
  static List<ItemList> in(byte[] body) {
    List<ItemList> lists = new ArrayList<>();
    Json root = Json.parse(body);
    add(lists, "", root);
    if (root.isObject()) {
      root.members().forEach((name, member) -> add(lists, JsonEdit.below("", name), member));
    }
    return lists;
  }

  private static void add(List<ItemList> lists, String pointer, Json value) {
    if (value.isArray() && !value.elements().isEmpty()) {
      lists.add(new ItemList(pointer, value.elements().size()));
    }
  }
}
