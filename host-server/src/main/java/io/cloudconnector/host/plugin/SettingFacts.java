package io.cloudconnector.host.plugin;

import io.cloudconnector.api.Setting;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be shown to everybody of a setting or link option that a connector declares: never what
 * is configured. Immutable.
 *
 * @param kind such as {@code text} or {@code duration}
 * @param defaultValue masked where the setting is a secret
 * @param choices empty: any value of the kind
 * @param doc a sentence of the connector's author
 */
public record SettingFacts(
    String name,
    String kind,
    boolean required,
    boolean secret,
    Optional<String> defaultValue,
    List<String> choices,
    String doc) {
  private static final String MASK = "***";

  public SettingFacts {
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(defaultValue);
    choices = List.copyOf(choices);
    Objects.requireNonNull(doc);
  }

  public static SettingFacts of(Setting setting) {
    return new SettingFacts(
        setting.name(),
        setting.kind().name().toLowerCase(Locale.ROOT),
        setting.isRequired(),
        setting.isSecret(),
        setting.defaultValue().map(value -> setting.isSecret() ? MASK : value),
        setting.choices(),
        setting.doc());
  }
}
