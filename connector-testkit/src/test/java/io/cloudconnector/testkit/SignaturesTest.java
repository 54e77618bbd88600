package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What jars of other people are compiled against changes only where somebody looked: it is written
 * down in signatures.txt of connector-api and of connector-core. Public because its samples are.
 */
public class SignaturesTest {
  private static final String RECORD =
      "mvn -pl connector-testkit -am test -Dtest=SignaturesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dsignatures=record";

  @ParameterizedTest
  @ValueSource(strings = {"connector-api", "connector-core"})
  void areThoseThatAreWrittenDown(String module) throws IOException {
    Path written = Path.of("..", module, "signatures.txt");
    List<String> now = Signatures.of(Path.of("..", module, "target", "classes"));
    if (System.getProperty("signatures", "").equals("record")) {
      Files.write(written, now);
    }

    assertThat(difference(Files.readAllLines(written), now))
        .as(
            "what connectors are compiled against differs from %s. A - breaks jars that exist. If"
                + " \"The SPI grows, and never breaks\" in CONTRIBUTING.md allows it, write it down"
                + " with:%n%s",
            written.normalize(), RECORD)
        .isEmpty();
  }

  private static List<String> difference(List<String> before, List<String> now) {
    return Stream.concat(
            before.stream().filter(line -> !now.contains(line)).map(line -> "- " + line.strip()),
            now.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line.strip()))
        .toList();
  }

  @Test
  void showWhatACompiledConnectorCanSee() {
    String name = Seen.class.getName();

    assertThat(Signatures.of(Seen.class))
        .containsExactly(
            "public abstract static class " + name + "<T>, a java.lang.Iterable<T>",
            "  protected final T " + name + ".one",
            "  protected " + name + "(T)",
            "  public static java.util.List<?> "
                + name
                + ".two(java.util.List<?>) throws java.io.IOException");
    assertThat(Signatures.of(Hidden.Within.class)).isEmpty();
  }

  @Test
  void tellAMemberThatIsGoneAndOneThatIsNew() {
    assertThat(difference(List.of("  old", "same"), List.of("same", "  new")))
        .containsExactly("- old", "+ new");
  }

  /** What can be seen, and what cannot. */
  public abstract static class Seen<T> implements Iterable<T> {
    protected final T one;

    protected Seen(T one) {
      this.one = one;
    }

    public static List<?> two(List<?> list) throws IOException {
      return list;
    }

    abstract void three();
  }

  /** Cannot be seen, nor what is in it. */
  static class Hidden {
    public static class Within {}
  }
}
