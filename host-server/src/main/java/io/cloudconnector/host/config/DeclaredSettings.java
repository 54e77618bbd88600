package io.cloudconnector.host.config;

import io.cloudconnector.api.Secret;
import io.cloudconnector.api.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the settings that a connector declares. */
final class DeclaredSettings {
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

  private DeclaredSettings() {}

  static Map<String, Secret> read(Section section, List<Setting> declared) {
    Map<String, Secret> read = new LinkedHashMap<>();
    for (Setting setting : declared) {
      if (setting.isRequired()
          && setting.defaultValue().isEmpty()
          && !section.has(setting.name())) {
        section.problem(setting.name(), "is required", "write it: " + setting.doc());
      }
      section
          .optional(setting.name(), text -> check(setting, text))
          .ifPresent(value -> read.put(setting.name(), value));
    }
    return read;
  }

  /** Where nobody is there to say what may be set. */
  static Map<String, Secret> readUnchecked(Section section) {
    Map<String, Secret> read = new LinkedHashMap<>();
    section
        .all()
        .forEach((name, value) -> value.read(Readings::secret).ifPresent(s -> read.put(name, s)));
    return read;
  }

  private static Secret check(Setting setting, String text) {
    List<String> choices = setting.choices();
    if (!choices.isEmpty() && !choices.contains(text)) {
      throw new BadValueException(
          "is none of " + String.join(", ", choices), Nearest.suggestion(text, choices));
    }
    switch (setting.kind()) {
      case TEXT -> Readings.text(text);
      case INTEGER -> integer(text);
      case FLAG -> Readings.flag(text);
      case DURATION -> Readings.duration(text);
      case URI -> absolute(text);
    }
    return Secret.of(text);
  }

  private static void integer(String text) {
    if (!INTEGER.matcher(text).matches()) {
      throw new BadValueException("is not a whole number", "write one such as 10");
    }
  }

  private static void absolute(String text) {
    try {
      if (new URI(text).isAbsolute()) {
        return;
      }
    } catch (URISyntaxException _) {
      // Said below, together with what is well-formed but relative.
    }
    throw new BadValueException("is no absolute address", "write one such as https://example.com");
  }
}
