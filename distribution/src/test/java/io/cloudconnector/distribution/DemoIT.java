package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The demo, as a newcomer runs it. */
class DemoIT extends SystemTest {
  private static final String DATA_LINE =
      "data\\.(updated|deleted) +(whoop|oura) +\\w+ +\\S+ +\\S+";

  /** The demo's temporary folder is in here. */
  private Map<String, String> ownTemporaryFolder() throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    return Map.of("CONNECTOR_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
  }

  private List<Path> leftBehind() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      return left.filter(path -> path.getFileName().toString().contains("demo")).toList();
    }
  }

  private static List<String> dataLines(HostProcess demo) {
    return demo.lines().stream().filter(line -> line.matches(DATA_LINE)).toList();
  }

  @Test
  void withoutPluginsItSaysWhatIsMissing() throws IOException {
    Path plugins = distribution.home().resolve("plugins");
    assertThat(plugins.toFile().setWritable(true)).isTrue();
    Files.delete(plugins.resolve("connector-whoop.jar"));

    HostProcess demo = distribution.start("demo", "--events", "1");

    assertThat(demo.status()).isEqualTo(1);
    assertThat(demo.err()).contains("the demo needs a plugin for whoop").doesNotContain("\tat ");
  }

  @Test
  void takenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());

      HostProcess demo = distribution.start(ownTemporaryFolder(), "demo", "--port", port);

      assertThat(demo.status()).isEqualTo(1);
      assertThat(demo.err()).contains("127.0.0.1:" + port).doesNotContain("\tat ");
      assertThat(leftBehind()).isEmpty();
    }
  }

  @Test
  void endsWellAfterTwentyEvents() throws IOException {
    HostProcess demo = distribution.start(ownTemporaryFolder(), "demo", "--events", "20");

    assertThat(demo.status()).as(demo.err()).isZero();
    assertThat(dataLines(demo)).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
    assertThat(demo.out()).contains("connection.linked", "curl");
    assertThat(dataLines(demo))
        .as("changes at both vendors")
        .anyMatch(line -> line.contains(" whoop "))
        .anyMatch(line -> line.contains(" oura "));
    assertThat(demo.err()).isEmpty();
    assertThat(leftBehind()).isEmpty();
  }

  @Test
  void runsUntilItIsStoppedAndTidiesUp() throws IOException {
    String port = Integer.toString(freePort());
    HostProcess demo = distribution.start(ownTemporaryFolder(), "demo", "--port", port);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(dataLines(demo)).isNotEmpty());
    assertThat(demo.out()).contains("http://127.0.0.1:" + port);

    demo.terminate();

    assertThat(demo.status()).as(demo.err()).isZero();
    assertThat(leftBehind()).isEmpty();
  }
}
