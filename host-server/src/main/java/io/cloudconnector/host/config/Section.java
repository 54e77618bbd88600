package io.cloudconnector.host.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The keys of one section. Each key that is asked for counts as known; those left over are faults.
 */
final class Section {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,39}");

  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final int line;
  private final String path;
  private final Placeholders placeholders;
  private final Findings findings;

  private Section(int line, String path, Placeholders placeholders, Findings findings) {
    this.line = line;
    this.path = path;
    this.placeholders = placeholders;
    this.findings = findings;
  }

  Section(MappingNode node, String path, Placeholders placeholders, Findings findings) {
    this(Value.lineOf(node), path, placeholders, findings);
    node.getValue().forEach(this::add);
  }

  static Section empty(int line, String path, Placeholders placeholders, Findings findings) {
    return new Section(line, path, placeholders, findings);
  }

  private void add(NodeTuple entry) {
    Node keyNode = entry.getKeyNode();
    int at = Value.lineOf(keyNode);
    if (!(keyNode instanceof ScalarNode scalar)) {
      findings.problem(at, path, "has a key that is no text", "write keys as plain words");
      return;
    }
    String key = scalar.getValue();
    Integer before = lines.putIfAbsent(key, at);
    if (before != null) {
      findings.problem(
          at, keyed(key), "is given twice, first in line " + before, "keep one of the two");
      return;
    }
    values.put(key, new Value(entry.getValueNode(), keyed(key), placeholders, findings));
  }

  private String keyed(String key) {
    // A quote too few or too many makes a key of a value, which may be a secret.
    String shown = PLAIN_WORD.matcher(key).matches() ? key : "(no plain word)";
    return path.isEmpty() ? shown : path + "." + shown;
  }

  /** Reports a fault of a key that may be absent. */
  void problem(String key, String message, String suggestion) {
    findings.problem(lines.getOrDefault(key, line), keyed(key), message, suggestion);
  }

  Optional<Value> find(String key) {
    known.add(key);
    return Optional.ofNullable(values.get(key));
  }

  boolean has(String key) {
    return find(key).isPresent();
  }

  /** The keys that are there, in their order. */
  Set<String> keys() {
    return Set.copyOf(values.keySet());
  }

  /** All that is there, in its order; every key counts as known. */
  Map<String, Value> all() {
    known.addAll(values.keySet());
    return values;
  }

  /** Empty when it is absent, or could not be read and that was reported. */
  <T> Optional<T> optional(String key, Reading<T> reading) {
    return find(key).flatMap(value -> value.read(reading));
  }

  /**
   * A value that must be there. The example stands in for one that is not, so that reading goes on;
   * nothing read is given out once anything was reported.
   */
  <T> T required(String key, Reading<T> reading, String example) {
    reportIfAbsent(key, example);
    return optional(key, reading).orElseGet(() -> reading.of(example));
  }

  /** The entries of a list that must be there and have one. */
  List<Value> requiredItems(String key, String example) {
    reportIfAbsent(key, example);
    List<Value> items = items(key);
    if (items.isEmpty() && find(key).map(Value::isList).orElse(false)) {
      problem(key, "is an empty list", "write " + example);
    }
    return items;
  }

  /** The entries of a list; none where it is absent. */
  List<Value> items(String key) {
    return find(key).map(Value::items).orElse(List.of());
  }

  void reportIfAbsent(String key, String example) {
    if (!has(key)) {
      problem(key, "is required", "write " + key + ": " + example);
    }
  }

  /** A section under this one; an absent one reads like one without content. */
  <T> T section(String key, Function<Section, T> reading) {
    return find(key)
        .map(value -> value.section(reading))
        .orElseGet(() -> reading.apply(empty(line, keyed(key), placeholders, findings)));
  }

  void reportUnknownKeys() {
    values.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            problem(key, "is no known key", Nearest.suggestion(key, known));
          }
        });
  }
}
