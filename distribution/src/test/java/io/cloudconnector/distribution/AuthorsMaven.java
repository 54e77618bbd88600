package io.cloudconnector.distribution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Maven as a connector's author runs it, far from this build. Its local repository is empty at
 * first. In place of Maven Central stands what the running build has downloaded, read as files, so
 * no network is needed; whatever is ours can come from the sdk only.
 */
final class AuthorsMaven {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Nothing of the running build's is handed on. */
  private static final Map<String, String> ALONE = Map.of("MAVEN_ARGS", "", "MAVEN_OPTS", "");

  private final Path program;
  private final Path folder;
  private final Path repository;
  private final Path settings;
  private int runs;

  private AuthorsMaven(Path program, Path folder) throws IOException {
    this.program = program;
    this.folder = folder;
    this.repository = folder.resolve("the author's repository");
    this.settings = Files.writeString(folder.resolve("settings.xml"), settings());
  }

  /** The Maven of the running build; skips the test where it cannot be found. */
  static AuthorsMaven in(Path folder) throws IOException {
    Path program = Path.of(Distribution.property("maven.program"));
    assumeTrue(
        Files.isExecutable(program),
        "NOT TESTED that a third party can build a connector: there is no Maven at " + program);
    return new AuthorsMaven(program, folder);
  }

  private String settings() {
    return """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror>
              <id>downloaded</id>
              <mirrorOf>central</mirrorOf>
              <url>file://%s</url>
            </mirror>
          </mirrors>
        </settings>
        """
        .formatted(repository, Distribution.property("maven.downloads"));
  }

  /** Runs goals on a project; fails the test with what Maven printed when they fail. */
  void run(Path pom, String... goals) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--batch-mode",
                "--settings",
                settings.toString(),
                "--global-settings",
                settings.toString(),
                "--file",
                pom.toString()));
    command.addAll(List.of(goals));
    try (HostProcess maven = HostProcess.start(command, ALONE, folder, "maven-" + runs++)) {
      assertThat(maven.status(PATIENCE)).as(maven.out() + maven.err()).isZero();
    }
  }

  /** Shows that all jars of ours that it has used came from the sdk. */
  void assertTookOursFromTheSdkOnly() {
    try (Stream<Path> all = Files.walk(repository.resolve("io/cloudconnector"))) {
      List<String> origins =
          all.filter(file -> file.endsWith("_remote.repositories"))
              .flatMap(file -> read(file).lines().filter(line -> line.contains(".jar>")))
              .toList();
      assertThat(origins)
          .extracting(line -> line.substring(line.indexOf('>')))
          .hasSizeGreaterThanOrEqualTo(4)
          .containsOnly(">connector-sdk=");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
