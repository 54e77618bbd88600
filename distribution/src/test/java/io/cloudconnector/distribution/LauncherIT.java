package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the launcher finds itself and a Java. */
class LauncherIT extends SystemTest {
  private static final String THIS_JAVA = System.getProperty("java.home");

  private Path javaOf(String version) throws IOException {
    Path java = folder.resolve("java " + version);
    Path program = Files.createDirectories(java.resolve("bin")).resolve("java");
    Files.writeString(program, "#!/bin/sh\necho 'the wrong Java was started'\nexit 7\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return java;
  }

  @Test
  void withoutASuitableJavaItSaysWhereItLooked() throws IOException {
    Path demanding = distribution.home().resolve("bin/demanding");
    Files.writeString(
        demanding,
        Files.readString(distribution.launcher()).replace("\nNEEDED=25\n", "\nNEEDED=999\n"));
    assertThat(demanding.toFile().setExecutable(true)).isTrue();

    HostProcess start = distribution.start(demanding, Map.of("JAVA_HOME", "/nowhere"), "--version");

    assertThat(start.status()).isEqualTo(1);
    assertThat(start.err())
        .contains("needs Java 999 or newer", "JAVA_HOME (/nowhere) holds no Java")
        .contains("PATH", "/usr/lib/jvm", "/opt", ".sdkman", "Install a JDK 999");
    assertThat(start.out()).isEmpty();
  }

  @Test
  void tooOldJavaHomeIsPassedOverWithANote() throws IOException {
    Path old = javaOf("1.8.0_412");
    String path = THIS_JAVA + "/bin:" + System.getenv("PATH");

    HostProcess start =
        distribution.start(Map.of("JAVA_HOME", old.toString(), "PATH", path), "--version");

    assertThat(start.status()).as(start.err()).isZero();
    assertThat(start.out()).startsWith("connector-host ");
    assertThat(start.err()).contains(old.toString(), "is Java 8");
  }

  @Test
  void tooOldJavaInPathIsPassedOverSilently() throws IOException {
    String path = javaOf("17.0.15") + "/bin:" + System.getenv("PATH");

    HostProcess start =
        distribution.start(Map.of("JAVA_HOME", THIS_JAVA, "PATH", path), "--version");

    assertThat(start.status()).as(start.err()).isZero();
    assertThat(start.err()).isEmpty();
  }

  @Test
  void followsLinksToItself() throws IOException {
    Path first = Files.createSymbolicLink(folder.resolve("first link"), distribution.launcher());
    Path second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());

    HostProcess start = distribution.start(second, Map.of("JAVA_HOME", THIS_JAVA), "--version");

    assertThat(start.status()).as(start.err()).isZero();
  }

  @Test
  void optionsForJavaReachIt() {
    HostProcess start =
        distribution.start(Map.of("CONNECTOR_JAVA_OPTS", "-Xmx96m -XshowSettings:vm"), "--version");

    assertThat(start.status()).as(start.err()).isZero();
    assertThat(start.err()).contains("Max. Heap Size: 96.00M");
  }
}
