package io.cloudconnector.host.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What stands at one place of the file. Whatever is wrong with it goes to the findings. */
final class Value {
  /** What a text may look like without anybody having marked it; the last is a lone ${NAME}. */
  private static final Set<Tag> UNMARKED =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.ENV_TAG);

  private final Node node;
  private final String key;
  private final Placeholders placeholders;
  private final Findings findings;

  Value(Node node, String key, Placeholders placeholders, Findings findings) {
    this.node = node;
    this.key = key;
    this.placeholders = placeholders;
    this.findings = findings;
  }

  String key() {
    return key;
  }

  int line() {
    return lineOf(node);
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  void problem(String message, String suggestion) {
    findings.problem(line(), key, message, suggestion);
  }

  boolean isSection() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  /** Empty when it could not be read, and that was reported. */
  <T> Optional<T> read(Reading<T> reading) {
    try {
      return Optional.of(reading.of(text()));
    } catch (BadValueException e) {
      problem(e.what(), e.suggestion());
      return Optional.empty();
    }
  }

  private String text() {
    if (!(node instanceof ScalarNode scalar)) {
      throw new BadValueException("is a list or a section", "write a single value");
    }
    if (isNothing()) {
      throw new BadValueException("has no value", "write one, or leave the key out");
    }
    if (!UNMARKED.contains(scalar.getTag())) {
      throw new BadValueException("starts with !, which means a type in YAML", "put it in quotes");
    }
    return placeholders.fill(scalar.getValue());
  }

  private boolean isNothing() {
    return node.getTag().equals(Tag.NULL);
  }

  /**
   * Reads the keys of a section. One without content has none; what is no section is reported and
   * read like one without content.
   */
  <T> T section(Function<Section, T> reading) {
    if (node instanceof MappingNode mapping) {
      Section section = new Section(mapping, key, placeholders, findings);
      T result = reading.apply(section);
      section.reportUnknownKeys();
      return result;
    }
    if (!isNothing()) {
      problem("is not a section", "write keys with values under it");
    }
    return reading.apply(Section.empty(line(), key, placeholders, findings));
  }

  /** The entries of a list; what is no list is reported. */
  List<Value> items() {
    if (node instanceof SequenceNode sequence) {
      return items(sequence);
    }
    problem("is not a list", "write it as [ …, … ]");
    return List.of();
  }

  /** The entries of a list, or the one value that stands instead of a list. */
  List<Value> oneOrMany() {
    return node instanceof SequenceNode sequence ? items(sequence) : List.of(this);
  }

  private List<Value> items(SequenceNode sequence) {
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      items.add(new Value(item, key + "[" + items.size() + "]", placeholders, findings));
    }
    return items;
  }
}
