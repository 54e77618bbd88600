package io.cloudconnector.host.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Parses YAML and says where it is none, in words that quote nothing of the text. */
final class YamlText {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private YamlText() {}

  /** The document; empty where there is none, or where it could not be parsed and was reported. */
  static Optional<Node> parse(String text, Findings findings) {
    String yaml = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    try {
      return new Compose(settingsFor(yaml)).composeString(yaml);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      reportFault(line, e.getProblem(), findings);
    } catch (ReaderException e) {
      long before = yaml.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      reportFault((int) before + 1, "a control character", findings);
    } catch (YamlEngineException _) {
      reportFault(1, "a %YAML line of another version", findings);
    } catch (StackOverflowError _) {
      reportFault(1, "thousands of brackets inside each other", findings);
    }
    return Optional.empty();
  }

  private static LoadSettings settingsFor(String yaml) {
    return LoadSettings.builder()
        .setSchema(new CoreSchema())
        .setAllowNonScalarKeys(true)
        // The parser fails where its buffer ends amid a character of two units.
        .setBufferSize(yaml.length() + 1)
        .build();
  }

  private static void reportFault(int line, String problem, Findings findings) {
    // These two would quote what follows the * or the !, which may be a secret.
    if (problem.startsWith("found undefined alias") || problem.startsWith("found undefined tag")) {
      findings.problem(
          line, "", "a value starts with * or !, which YAML takes for its own", "put it in quotes");
      return;
    }
    findings.problem(
        line,
        "",
        "this is no YAML: " + problem.replaceFirst(", but got $", ""),
        "look at this line and the one before for indentation by blanks, brackets and quotes");
  }
}
