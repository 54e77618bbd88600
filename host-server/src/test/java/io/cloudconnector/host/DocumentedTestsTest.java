package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the documents say is shown by a test is shown by one that there is. */
class DocumentedTestsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void eachTestThatTheDocumentOfSecurityNamesExists() throws IOException {
    List<MatchResult> named = named(Files.readString(PROJECT.resolve("docs/security.md")));

    assertThat(named).hasSizeGreaterThan(50);
    assertThat(missing(named)).isEmpty();
  }

  @Test
  void eachRuleThatAlwaysHoldsHasATest() throws IOException {
    String document = Files.readString(PROJECT.resolve("ARCHITECTURE.md"));
    List<String> rules = document.lines().filter(line -> line.matches("[|] \\d+ [|].*")).toList();

    assertThat(rules).hasSize(10).noneMatch(rule -> named(rule).isEmpty());
    assertThat(missing(named(document))).isEmpty();
  }

  private static List<MatchResult> named(String text) {
    return NAMED.matcher(text).results().toList();
  }

  private static Set<String> missing(List<MatchResult> named) throws IOException {
    Set<String> missing = new TreeSet<>();
    for (MatchResult name : named) {
      if (!exists(name.group(1), name.group(2))) {
        missing.add(name.group());
      }
    }
    return missing;
  }

  private static boolean exists(String type, @Nullable String method) throws IOException {
    for (Path source : sources(type)) {
      if (method == null || Files.readString(source).contains("void " + method + "(")) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> sources(String type) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(PROJECT)) {
      for (Path tests : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            files.filter(file -> file.endsWith(type + ".java")).forEach(found::add);
          }
        }
      }
    }
    return found;
  }
}
