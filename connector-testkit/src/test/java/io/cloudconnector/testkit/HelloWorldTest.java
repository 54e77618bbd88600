package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a newcomer has to know of connector-api before a first connector runs. */
class HelloWorldTest {
  private static final Pattern IMPORT =
      Pattern.compile("^import io\\.cloudconnector\\.api\\.(\\w+);", Pattern.MULTILINE);

  /** May only shrink. */
  private static final int MOST = 8;

  @Test
  void touchesFewTypesOfTheApi() throws IOException {
    assertThat(imported()).isNotEmpty().hasSizeLessThanOrEqualTo(MOST);
  }

  private static Set<String> imported() throws IOException {
    Set<String> types = new TreeSet<>();
    try (Stream<Path> sources =
        Files.list(Path.of("src/test/java/io/cloudconnector/testkit/hello"))) {
      for (Path source : sources.toList()) {
        Matcher found = IMPORT.matcher(Files.readString(source));
        while (found.find()) {
          types.add(found.group(1));
        }
      }
    }
    return types;
  }
}
