package io.cloudconnector.host.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong and what is doubtful while a file is read to its end. */
final class Findings {
  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Findings(String file) {
    this.file = file;
  }

  void problem(int line, String key, String message, String suggestion) {
    problems.add(new Problem(line, key, message, suggestion));
  }

  void warn(String message) {
    warnings.add(message);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  int problems() {
    return problems.size();
  }

  /**
   * Ends the reading.
   *
   * @throws ConfigException when there is any problem
   */
  void refuseIfFaulty() {
    if (!problems.isEmpty()) {
      throw new ConfigException(file, problems);
    }
  }
}
