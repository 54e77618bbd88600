package io.cloudconnector.api;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named value that somebody gives: the operator in the configuration, the application with a
 * link, or the person in a form. Declared as data so that the host checks it, documents it and
 * masks it. Immutable; withers return copies.
 */
public final class Setting {
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");

  /** What a value must look like. */
  public enum Kind {
    TEXT,
    INTEGER,
    /** {@code true} or {@code false}. */
    FLAG,
    /** Such as {@code 90s}, {@code 15m}, {@code 6h}, {@code 30d}. */
    DURATION,
    /** An absolute address. */
    URI
  }

  private final String name;
  private final String doc;
  private final Kind kind;
  private final boolean required;
  private final boolean secret;
  private final Optional<String> defaultValue;
  private final List<String> choices;

  private Setting(
      String name,
      String doc,
      Kind kind,
      boolean required,
      boolean secret,
      Optional<String> defaultValue,
      List<String> choices) {
    this.name = name;
    this.doc = doc;
    this.kind = kind;
    this.required = required;
    this.secret = secret;
    this.defaultValue = defaultValue;
    this.choices = List.copyOf(choices);
  }

  /**
   * A value of a kind.
   *
   * @param name in camelCase
   * @param doc one sentence for whoever gives it
   */
  public static Setting of(String name, Kind kind, String doc) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no setting name: use camelCase");
    }
    return new Setting(name, doc, kind, false, false, Optional.empty(), List.of());
  }

  public static Setting text(String name, String doc) {
    return of(name, Kind.TEXT, doc);
  }

  /** A text that is masked wherever it is shown. */
  public static Setting secret(String name, String doc) {
    return new Setting(name, doc, Kind.TEXT, false, true, Optional.empty(), List.of());
  }

  public Setting required() {
    return new Setting(name, doc, kind, true, secret, defaultValue, choices);
  }

  public Setting defaultValue(String value) {
    return new Setting(name, doc, kind, required, secret, Optional.of(value), choices);
  }

  /** Allows these values only. */
  public Setting choices(String... values) {
    return new Setting(name, doc, kind, required, secret, defaultValue, List.of(values));
  }

  public String name() {
    return name;
  }

  public String doc() {
    return doc;
  }

  public Kind kind() {
    return kind;
  }

  public boolean isRequired() {
    return required;
  }

  public boolean isSecret() {
    return secret;
  }

  public Optional<String> defaultValue() {
    return defaultValue;
  }

  /** Empty: any. */
  public List<String> choices() {
    return choices;
  }

  @Override
  public String toString() {
    return name;
  }
}
