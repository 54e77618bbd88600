package io.cloudconnector.host.observe;

import io.cloudconnector.host.config.StartupException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Where the log of this process goes. Must be chosen before the first logger is made, because the
 * logging library reads its configuration then.
 *
 * @param form {@code json} or {@code text}
 * @param level the least that is logged
 * @param target {@code System.out} or {@code System.err}
 */
public record LogOutput(String form, String level, String target) {
  private static final String FORM = "CONNECTOR_LOG_FORMAT";
  private static final String LEVEL = "CONNECTOR_LOG_LEVEL";
  private static final List<String> FORMS = List.of("json", "text");
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  public LogOutput {
    Objects.requireNonNull(form);
    Objects.requireNonNull(level);
    Objects.requireNonNull(target);
  }

  /**
   * For a host that serves: standard output, in the form and from the level that the environment
   * says; else JSON lines from INFO.
   *
   * @throws StartupException when the environment says what is none
   */
  public static LogOutput ofService(Map<String, String> environment) {
    String form = environment.getOrDefault(FORM, "json").toLowerCase(Locale.ROOT);
    String level = environment.getOrDefault(LEVEL, "INFO").toUpperCase(Locale.ROOT);
    return new LogOutput(known(FORM, form, FORMS), known(LEVEL, level, LEVELS), "System.out");
  }

  /**
   * For commands that print something themselves: standard error, as text, and only what went wrong
   * unless the environment wants more.
   *
   * @throws StartupException when the environment says what is none
   */
  public static LogOutput ofCommand(Map<String, String> environment) {
    String level = environment.getOrDefault(LEVEL, "WARN").toUpperCase(Locale.ROOT);
    return new LogOutput("text", known(LEVEL, level, LEVELS), "System.err");
  }

  private static String known(String variable, String value, List<String> known) {
    if (!known.contains(value)) {
      throw StartupException.configuration(
          variable + " is none of " + String.join(", ", known) + "; set it to one of them");
    }
    return value;
  }

  /** Makes it so for this process. */
  public void install() {
    System.setProperty("connector.log.form", form);
    System.setProperty("connector.log.level", level);
    System.setProperty("connector.log.target", target);
  }
}
