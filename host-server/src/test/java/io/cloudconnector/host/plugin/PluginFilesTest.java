package io.cloudconnector.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as a plugin, before anything is known of its classes. */
class PluginFilesTest extends LoadingTestBase {
  @TempDir Path elsewhere;

  @Test
  void reportsAMissingFolder() {
    plugins = plugins.resolve("nowhere");

    PluginReport report = load();

    assertThat(report.fates())
        .containsExactly(
            new PluginFate.Refused(
                plugins,
                "there is no such folder",
                "make it, or set plugins.directory to where the plugins are"));
  }

  @Test
  void rejectsATextFileNamedJar() throws IOException {
    Files.writeString(plugins.resolve("acme.jar"), "I am no jar.");

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("acme.jar is no readable jar", "ZipException");
    assertThat(refused.advice()).contains("copy it here again");
  }

  @Test
  void rejectsAnEmptyFileNamedJar() throws IOException {
    Files.createFile(plugins.resolve("acme.jar"));

    assertThat(refusal().reason()).contains("acme.jar is no readable jar");
  }

  @Test
  void rejectsAJarWhereverItIsCutOff() throws IOException {
    byte[] whole = Files.readAllBytes(acme().write(elsewhere.resolve("whole.jar")));
    int cuts = 0;
    for (int length = 1; length < whole.length; length += 50) {
      Files.write(plugins.resolve("cut" + length + ".jar"), Arrays.copyOf(whole, length));
      cuts++;
    }
    writeAGoodPlugin();

    PluginReport report = load();

    assertThat(report.descriptors()).containsOnlyKeys(GOOD);
    assertThat(report.refused())
        .hasSize(cuts)
        .allSatisfy(
            refused -> {
              assertThat(refused.reason()).contains(refused.path().getFileName() + " is no");
              assertThat(refused.advice()).contains("copy it here again, whole");
            });
  }

  @Test
  void rejectsAJarWithNothingInIt() throws IOException {
    write(PluginJar.empty());

    assertThat(refusal().reason())
        .isEqualTo("no META-INF/services/io.cloudconnector.api.ConnectorFactory in acme.jar");
  }

  @Test
  void rejectsJarWithoutServiceFile() throws IOException {
    write(PluginJar.empty().text("readme.txt", "hello"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason())
        .isEqualTo("no META-INF/services/io.cloudconnector.api.ConnectorFactory in acme.jar");
    assertThat(refused.advice())
        .isEqualTo(
            "if this is a connector, name its factory's class in that file; if it is what another"
                + " connector needs, put both into one folder here");
  }

  @Test
  void rejectsAFolderOfUnrelatedJars() throws IOException {
    Path folder = Files.createDirectories(plugins.resolve("acme"));
    library(folder.resolve("one.jar"), "one");
    library(Files.createDirectories(folder.resolve("lib")).resolve("two.jar"), "two");

    PluginFate.Refused refused = refusal();

    assertThat(refused.path()).isEqualTo(folder);
    assertThat(refused.reason()).endsWith(" in one.jar, two.jar");
    assertThat(refused.advice()).contains("put both into one folder");
  }

  @Test
  void rejectsAFolderWithoutJars() throws IOException {
    Files.createDirectory(plugins.resolve("acme"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).isEqualTo("the folder has no jar");
    assertThat(refused.advice()).contains("put the connector's jar into it");
  }

  @Test
  void rejectsAFolderWithADamagedLibrary() throws IOException {
    Path folder = plugins.resolve("acme");
    Files.createDirectories(folder.resolve("lib"));
    acme().write(folder.resolve("acme.jar"));
    Files.writeString(folder.resolve("lib/helper.jar"), "x");

    assertThat(refusal().reason()).contains("helper.jar is no readable jar");
  }

  @Test
  void aFolderIsOnePluginWithItsLibraries() throws IOException {
    Path folder = plugins.resolve("acme");
    Files.createDirectories(folder.resolve("lib"));
    Path library = library(folder.resolve("lib/greeting.jar"), "Hello");
    PluginJar.withDescriptor(PluginJar.descriptor("acme", "lib.Greeting.text()"))
        .write(folder.resolve("acme.jar"), library);

    PluginFate.Loaded fate = load().plugins().getFirst().fate();

    assertThat(fate)
        .isEqualTo(
            new PluginFate.Loaded(
                folder,
                ACME,
                "Hello",
                Optional.of("1.2.3"),
                Optional.of(new ApiVersion(0, 1)),
                List.of()));
  }

  @Test
  void ofTwoJarsWithOneClassTheFirstByNameCounts() throws IOException {
    Path folder = Files.createDirectories(plugins.resolve("acme"));
    Path library = library(folder.resolve("a.jar"), "first");
    library(folder.resolve("z.jar"), "last");
    PluginJar.withDescriptor(PluginJar.descriptor("acme", "lib.Greeting.text()"))
        .write(folder.resolve("m.jar"), library);

    assertThat(load().plugins().getFirst().fate().displayName()).isEqualTo("first");
  }

  @Test
  void skipsHiddenFilesAndWhatIsNoJar() throws IOException {
    Files.writeString(plugins.resolve(".hidden.jar"), "x");
    Files.createDirectory(plugins.resolve(".git"));
    Files.writeString(plugins.resolve("README.txt"), "x");

    PluginReport report = load();

    assertThat(report.fates()).isEmpty();
    assertThat(report.table()).isEqualTo("No plugin in " + plugins);
  }

  @Test
  void followsALinkToAJarWhateverItIsCalled() throws IOException {
    Path link = plugins.resolve("acme");
    Files.createSymbolicLink(link, acme().write(elsewhere.resolve("acme-1.2.3.jar")));

    PluginReport report = load();

    assertThat(report.plugin(ACME).orElseThrow().fate().path()).isEqualTo(link);
  }

  @Test
  void followsALinkToAFolderAndLinksInIt() throws IOException {
    Path folder = Files.createDirectories(elsewhere.resolve("acme-1.2.3"));
    Path library = library(elsewhere.resolve("greeting.jar"), "Hello");
    PluginJar.withDescriptor(PluginJar.descriptor("acme", "lib.Greeting.text()"))
        .write(folder.resolve("acme.jar"), library);
    Files.createSymbolicLink(folder.resolve("greeting.jar"), library);
    Files.createSymbolicLink(plugins.resolve("acme"), folder);

    assertThat(load().plugin(ACME)).isPresent();
  }

  @Test
  void tellsTheSameJarOnceHoweverManyLinksLeadToIt() throws IOException {
    Path jar = write(acme());
    Files.createSymbolicLink(plugins.resolve("same.jar"), jar);
    Files.createSymbolicLink(plugins.resolve("again.jar"), plugins.resolve("same.jar"));

    PluginReport report = load();

    assertThat(report.fates()).extracting(PluginFate::path).containsExactly(jar);
    assertThat(report.plugin(ACME)).isPresent();
  }

  @Test
  void rejectsALinkThatLeadsNowhere() throws IOException {
    Path link = plugins.resolve("acme.jar");
    Files.createSymbolicLink(link, elsewhere.resolve("gone.jar"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.path()).isEqualTo(link);
    assertThat(refused.reason()).isEqualTo("acme.jar leads to no file (NoSuchFileException)");
    assertThat(refused.advice()).contains("let it point at a jar or a folder, or remove it");
  }

  @Test
  void rejectsALinkThatLeadsToItself() throws IOException {
    Files.createSymbolicLink(plugins.resolve("acme"), plugins.resolve("acme"));

    assertThat(refusal().reason()).startsWith("acme leads to no file");
  }

  @Test
  void rejectsAFolderWithALinkThatLeadsNowhere() throws IOException {
    Path folder = Files.createDirectories(plugins.resolve("acme"));
    acme().write(folder.resolve("acme.jar"));
    Files.createSymbolicLink(folder.resolve("lib"), elsewhere.resolve("gone"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.path()).isEqualTo(folder);
    assertThat(refused.reason()).startsWith("lib leads to no file");
  }

  @Test
  void rejectsWhatCouldNotBeReadToAnEnd() throws IOException {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(plugins.resolve("acme.jar")));

      PluginFate.Refused refused = refusal();

      assertThat(refused.reason()).isEqualTo("acme.jar is neither a file nor a folder");
      assertThat(refused.advice()).isEqualTo("remove it");
    }
  }
}
