package io.cloudconnector.host.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The configuration file has faults: all of them, in the order of their lines. */
public class ConfigException extends StartupException {
  private static final long serialVersionUID = 1L;

  // Immutable lists of records are not declared serializable; nobody serialises this.
  private final transient List<Problem> problems;

  ConfigException(String file, List<Problem> problems) {
    this(inOrder(problems), file);
  }

  private ConfigException(List<Problem> inOrder, String file) {
    super(report(file, inOrder), 2);
    this.problems = inOrder;
  }

  private static List<Problem> inOrder(List<Problem> problems) {
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparingInt(Problem::line));
    return List.copyOf(sorted);
  }

  private static String report(String file, List<Problem> problems) {
    StringBuilder text = new StringBuilder();
    text.append(problems.size() == 1 ? "1 fault" : problems.size() + " faults");
    text.append(" in the configuration:");
    for (Problem problem : problems) {
      text.append("\n  ").append(file);
      text.append(problem.line() > 0 ? ":" + problem.line() : "").append(": ");
      text.append(problem.key().isEmpty() ? "" : problem.key() + ": ");
      text.append(problem.message()).append("; ").append(problem.suggestion());
    }
    return text.toString();
  }

  public List<Problem> problems() {
    return problems;
  }
}
