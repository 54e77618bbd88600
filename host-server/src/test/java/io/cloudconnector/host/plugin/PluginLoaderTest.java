package io.cloudconnector.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginLoaderTest {
  private static final VendorType ACME = new VendorType("acme");

  @TempDir Path plugins;
  private Optional<PluginReport> opened = Optional.empty();

  @AfterEach
  void close() {
    opened.ifPresent(PluginReport::close);
  }

  private PluginReport load() {
    PluginReport report =
        new PluginLoader(new ApiVersion(0, 1), getClass().getClassLoader()).load(plugins);
    opened = Optional.of(report);
    return report;
  }

  /** The one fate of a folder in which nothing could be used. */
  private PluginFate.Refused refusal() {
    PluginReport report = load();
    assertThat(report.plugins()).isEmpty();
    assertThat(report.fates()).hasSize(1);
    PluginFate.Refused refused = report.refused().getFirst();
    assertThat(refused.advice()).isNotBlank();
    return refused;
  }

  @Test
  void reportsAMissingFolder() {
    plugins = plugins.resolve("nowhere");

    PluginFate.Refused refused = refusal();

    assertThat(refused.path()).isEqualTo(plugins);
    assertThat(refused.reason()).isEqualTo("there is no such folder");
    assertThat(refused.advice()).contains("plugins.directory");
  }

  @Test
  void rejectsATextFileNamedJar() throws IOException {
    Files.writeString(plugins.resolve("acme.jar"), "I am no jar.");

    assertThat(refusal().reason()).contains("acme.jar is no readable jar");
  }

  @Test
  void rejectsAnEmptyFileNamedJar() throws IOException {
    Files.createFile(plugins.resolve("acme.jar"));

    assertThat(refusal().reason()).contains("acme.jar is no readable jar");
  }

  @Test
  void rejectsATruncatedJar() throws IOException {
    Path jar = PluginJar.forVendor("acme").write(plugins.resolve("acme.jar"));
    byte[] whole = Files.readAllBytes(jar);
    Files.write(jar, Arrays.copyOf(whole, whole.length * 2 / 3));

    assertThat(refusal().reason()).contains("acme.jar is no readable jar");
    assertThat(refusal().advice()).contains("copy it here again");
  }

  @Test
  void rejectsJarWithoutServiceFile() throws IOException {
    PluginJar.empty().text("readme.txt", "hello").write(plugins.resolve("acme.jar"));

    assertThat(refusal().reason())
        .isEqualTo("it has no META-INF/services/io.cloudconnector.api.ConnectorFactory");
  }

  @Test
  void rejectsAServiceFileThatNamesNothing() throws IOException {
    PluginJar.empty().announcing("# nobody").write(plugins.resolve("acme.jar"));

    assertThat(refusal().reason()).endsWith("names no class");
  }

  @Test
  void rejectsAServiceFileThatNamesAMissingClass() throws IOException {
    PluginJar.empty().announcing("acme.Nobody").write(plugins.resolve("acme.jar"));

    assertThat(refusal().reason()).contains("cannot be made", "acme.Nobody not found");
  }

  @Test
  void rejectsAClassThatIsNoFactory() throws IOException {
    PluginJar.empty()
        .announcing("acme.Other")
        .source("acme.Other", "package acme; public class Other {}")
        .write(plugins.resolve("acme.jar"));

    assertThat(refusal().reason()).contains("acme.Other not a subtype");
  }

  @Test
  void rejectsAClassFileThatIsNone() throws IOException {
    PluginJar.empty()
        .announcing("acme.Odd")
        .text("acme/Odd.class", "not bytecode")
        .write(plugins.resolve("acme.jar"));

    assertThat(refusal().reason()).contains("ClassFormatError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "throw new IllegalStateException(\"boom\\n  there\");",
        "throw new StackOverflowError(\"boom there\");",
        "throw new RuntimeException(new Exception(\"boom there\"));"
      })
  void rejectsAThrowingConstructor(String body) throws IOException {
    plugin(PluginJar.factory("public AcmeFactory() { " + body + " }", "null"));

    assertThat(refusal().reason()).contains("cannot be made", "boom there");
  }

  @Test
  void rejectsAFailingClassInitializer() throws IOException {
    plugin(PluginJar.factory("static final int X = Integer.parseInt(\"boom\");", "null"));

    assertThat(refusal().reason()).contains("cannot be made", "boom");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "Descriptor.builder((VendorType) null, \"Acme\").build()",
        "Descriptor.builder(new VendorType(\"Not A Name\"), \"Acme\").build()",
        "fail()"
      })
  void rejectsAFactoryWithoutDescriptor(String descriptor) throws IOException {
    plugin(
        PluginJar.factory(
            "static Descriptor fail() { throw new NoSuchMethodError(\"gone\"); }", descriptor));

    assertThat(refusal().reason()).contains("acme.AcmeFactory gives no descriptor");
  }

  private void plugin(String factory) throws IOException {
    PluginJar.forVendor("acme")
        .source("acme.AcmeFactory", factory)
        .write(plugins.resolve("acme.jar"));
  }

  @Test
  void rejectsALibraryThatIsMissing() throws IOException {
    Path library = library(plugins.resolve(".library.jar"), "from elsewhere");
    PluginJar.withDescriptor(PluginJar.descriptor("acme", "lib.Greeting.text()"))
        .write(plugins.resolve("acme.jar"), library);

    assertThat(refusal().reason()).contains("gives no descriptor", "lib/Greeting");
  }

  private static Path library(Path jar, String text) throws IOException {
    return PluginJar.empty()
        .source(
            "lib.Greeting",
            "package lib; public class Greeting { public static String text() { return \""
                + text
                + "\"; } }")
        .write(jar);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2", "0.10", "1.0", "1.1"})
  void rejectsAPluginBuiltForAnotherApi(String version) throws IOException {
    PluginJar.forVendor("acme")
        .manifest(JarFacts.API_VERSION, version)
        .write(plugins.resolve("acme.jar"));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason())
        .isEqualTo("it was built for connector API " + version + " and this host has 0.1");
    assertThat(refused.advice())
        .contains(version.startsWith("0") ? "use a newer host" : "built for 0.x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0.1.0", "new", "-1.0", "0.99999999999"})
  void rejectsAnApiVersionThatIsNone(String version) throws IOException {
    PluginJar.forVendor("acme")
        .manifest(JarFacts.API_VERSION, version)
        .write(plugins.resolve("acme.jar"));

    assertThat(refusal().reason()).contains("'" + version + "' is not major.minor");
  }

  @Test
  void checksTheApiBeforeAnyClassRuns() throws IOException {
    String property = "plugin.ran." + plugins.getFileName();
    PluginJar.forVendor("acme")
        .source(
            "acme.AcmeFactory",
            PluginJar.factory("static { System.setProperty(\"" + property + "\", \"\"); }", "null"))
        .manifest(JarFacts.API_VERSION, "0.2")
        .write(plugins.resolve("acme.jar"));

    refusal();

    assertThat(System.getProperty(property)).isNull();
  }

  @Test
  void anOlderMinorVersionFits() throws IOException {
    PluginJar.forVendor("acme")
        .manifest(JarFacts.API_VERSION, "0.0")
        .write(plugins.resolve("acme.jar"));

    assertThat(load().plugin(ACME)).isPresent();
  }

  @Test
  void aManifestWithoutApiVersionIsAWarning() throws IOException {
    PluginJar.forVendor("acme")
        .withoutManifestEntry(JarFacts.API_VERSION)
        .write(plugins.resolve("acme.jar"));

    PluginFate.Loaded fate = load().plugins().getFirst().fate();

    assertThat(fate.apiVersion()).isEmpty();
    assertThat(fate.warnings()).singleElement().asString().contains("Connector-Api-Version");
  }

  @Test
  void refusesBothPluginsOfOneVendorAndNoOther() throws IOException {
    Path one = PluginJar.forVendor("acme").write(plugins.resolve("one.jar"));
    Path two = PluginJar.forVendor("acme").write(plugins.resolve("two.jar"));
    PluginJar.forVendor("other").write(plugins.resolve("three.jar"));

    PluginReport report = load();

    assertThat(report.descriptors()).containsOnlyKeys(new VendorType("other"));
    assertThat(report.refused()).extracting(PluginFate.Refused::path).containsExactly(one, two);
    assertThat(report.refused())
        .extracting(PluginFate.Refused::reason)
        .containsOnly("vendor acme is in " + one + " and " + two);
  }

  @Test
  void oneBadJarStopsNoOther() throws IOException {
    Files.writeString(plugins.resolve("bad.jar"), "bad");
    PluginJar.forVendor("acme").write(plugins.resolve("good.jar"));

    PluginReport report = load();

    assertThat(report.plugin(ACME)).isPresent();
    assertThat(report.refused()).hasSize(1);
  }

  @Test
  void skipsHiddenFilesAndWhatIsNoJar() throws IOException {
    Files.writeString(plugins.resolve(".hidden.jar"), "x");
    Files.createDirectory(plugins.resolve(".git"));
    Files.writeString(plugins.resolve("README.txt"), "x");

    assertThat(load().fates()).isEmpty();
    assertThat(load().table()).isEqualTo("No plugin in " + plugins);
  }

  @Test
  void rejectsAFolderWithoutJars() throws IOException {
    Files.createDirectory(plugins.resolve("acme"));

    assertThat(refusal().reason()).isEqualTo("the folder has no jar");
  }

  @Test
  void rejectsAFolderWithADamagedLibrary() throws IOException {
    Path folder = plugins.resolve("acme");
    Files.createDirectories(folder.resolve("lib"));
    PluginJar.forVendor("acme").write(folder.resolve("acme.jar"));
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
  void aPluginMayHoldSeveralConnectors() throws IOException {
    PluginJar.forVendor("acme")
        .announcing("acme.AcmeFactory", "acme.Second")
        .source(
            "acme.Second",
            PluginJar.factory("", PluginJar.descriptor("second", "\"Second\""))
                .replace("AcmeFactory", "Second"))
        .write(plugins.resolve("both.jar"));

    assertThat(load().descriptors()).containsOnlyKeys(ACME, new VendorType("second"));
  }

  @Test
  void tellsEachFateInATable() throws IOException {
    Files.writeString(plugins.resolve("bad.jar"), "bad");
    PluginJar.forVendor("acme").write(plugins.resolve("good.jar"));

    assertThat(load().table().lines())
        .satisfiesExactly(
            heading -> assertThat(heading).startsWith("PLUGIN").endsWith("NOTE"),
            bad -> assertThat(bad).matches("bad\\.jar +REFUSED +- .*copy it here again.*"),
            good -> assertThat(good).matches("good\\.jar +loaded +acme +1\\.2\\.3 +0\\.1"));
  }

  @Test
  void aRequiredVendorThatIsMissingStopsTheStart() throws IOException {
    Files.writeString(plugins.resolve("bad.jar"), "bad");
    PluginJar.forVendor("acme").write(plugins.resolve("good.jar"));
    PluginReport report = load();

    report.require(List.of(ACME));

    assertThatThrownBy(() -> report.require(List.of(ACME, new VendorType("beta"))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("plugins.required names beta,")
        .hasMessageContaining("good.jar")
        .hasMessageContaining("bad.jar");
  }

  @Test
  void theHostsOwnApiVersionIsKnown() throws IOException {
    PluginJar.forVendor("acme").write(plugins.resolve("acme.jar"));

    try (PluginReport report = PluginLoader.ofHost().load(plugins)) {
      assertThat(report.plugin(ACME)).isPresent();
    }
  }
}
