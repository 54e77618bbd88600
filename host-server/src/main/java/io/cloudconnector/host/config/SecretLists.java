package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads lists of secrets, whose entries are texts or, to say more, sections. */
final class SecretLists {
  private SecretLists() {}

  /**
   * Secrets that are being exchanged: active ones first, then those that are marked as retiring.
   *
   * @param name what an entry's secret is called where the entry is a section
   */
  static List<Secret> rotating(List<Value> items, String name, Reading<Secret> reading) {
    List<Secret> active = new ArrayList<>();
    List<Secret> retiring = new ArrayList<>();
    for (Value item : items) {
      if (item.isSection()) {
        item.section(section -> add(section, name, reading, active, retiring));
      } else {
        item.read(reading).ifPresent(active::add);
      }
    }
    if (active.isEmpty() && !retiring.isEmpty()) {
      items
          .getFirst()
          .problem("stands among retiring entries only", "add the one that takes their place");
    }
    active.addAll(retiring);
    return active;
  }

  private static Optional<Secret> add(
      Section section,
      String name,
      Reading<Secret> reading,
      List<Secret> active,
      List<Secret> retiring) {
    section.reportIfAbsent(name, "\"${…}\"");
    Optional<Secret> secret = section.optional(name, reading);
    boolean retires = section.optional("retiring", Readings::flag).orElse(false);
    secret.ifPresent(retires ? retiring::add : active::add);
    return secret;
  }

  static List<ApiKey> apiKeys(List<Value> items) {
    List<ApiKey> keys = new ArrayList<>();
    Set<Secret> secrets = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Value item : items) {
      apiKey(item, "key-" + (keys.size() + 1))
          .ifPresent(
              key -> {
                reportRepeated(item, !secrets.add(key.key()), "is the same key as another entry");
                reportRepeated(item, !names.add(key.name()), "has the name of another entry");
                keys.add(key);
              });
    }
    return keys;
  }

  private static void reportRepeated(Value item, boolean repeated, String what) {
    if (repeated) {
      item.problem(what, "give each application a key and a name of its own");
    }
  }

  private static Optional<ApiKey> apiKey(Value item, String defaultName) {
    if (!item.isSection()) {
      return item.read(Readings::apiKey).map(key -> new ApiKey(defaultName, key, false));
    }
    return item.section(
        section -> {
          section.reportIfAbsent("key", "\"${CONNECTOR_API_KEY}\"");
          String name = section.optional("name", Readings::text).orElse(defaultName);
          boolean readOnly = section.optional("readOnly", Readings::flag).orElse(false);
          return section
              .optional("key", Readings::apiKey)
              .map(key -> new ApiKey(name, key, readOnly));
        });
  }
}
