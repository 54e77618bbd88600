package io.cloudconnector.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a plugin fits this host, as its manifest says. */
class PluginManifestTest extends LoadingTestBase {
  @ParameterizedTest
  @ValueSource(strings = {"0.2", "0.10", "1.0", "1.1"})
  void rejectsAPluginBuiltForAnotherApi(String version) throws IOException {
    write(acme().manifest(JarFacts.API_VERSION, version));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason())
        .isEqualTo("it was built for connector API " + version + " and this host has 0.1");
    assertThat(refused.advice())
        .isEqualTo(
            version.startsWith("0")
                ? "use a newer host, or an older version of the plugin"
                : "use a version of the plugin built for 0.x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0.1.0", "new", "-1.0", "0.99999999999"})
  void rejectsAnApiVersionThatIsNone(String version) throws IOException {
    write(acme().manifest(JarFacts.API_VERSION, version));

    PluginFate.Refused refused = refusal();

    assertThat(refused.reason()).contains("'" + version + "' is not major.minor");
    assertThat(refused.advice()).contains("write 0.1 into its manifest");
  }

  @Test
  void rejectsAFolderOfWhichOneConnectorDoesNotFit() throws IOException {
    Path folder = Files.createDirectories(plugins.resolve("acme"));
    acme().write(folder.resolve("acme.jar"));
    PluginJar.forVendor("other")
        .manifest(JarFacts.API_VERSION, "0.2")
        .write(folder.resolve("other.jar"));

    assertThat(refusal().reason()).contains("connector API 0.2");
  }

  @Test
  void checksTheApiBeforeAnyClassRuns() throws IOException {
    String property = "plugin.ran." + plugins.getFileName();
    write(
        acme("static { System.setProperty(\"" + property + "\", \"\"); }", "null")
            .manifest(JarFacts.API_VERSION, "0.2"));

    refusal();

    assertThat(System.getProperty(property)).isNull();
  }

  @Test
  void anOlderMinorVersionFits() throws IOException {
    write(acme().manifest(JarFacts.API_VERSION, "0.0"));

    assertThat(load().plugin(ACME)).isPresent();
  }

  @Test
  void aManifestWithoutApiVersionIsAWarning() throws IOException {
    write(acme().withoutManifestEntry(JarFacts.API_VERSION));

    PluginFate.Loaded fate = load().plugins().getFirst().fate();

    assertThat(fate.apiVersion()).isEmpty();
    assertThat(fate.warnings())
        .containsExactly(
            "whether it fits is unknown: the manifest of acme.jar has no Connector-Api-Version;"
                + " write the version that it was built against, such as 0.1");
  }

  @Test
  void itsOwnCopyOfTheApiIsAWarning() throws IOException {
    write(
        acme()
            .source(
                "io.cloudconnector.api.Extra", "package io.cloudconnector.api; class Extra {}"));

    assertThat(load().plugins().getFirst().fate().warnings())
        .containsExactly(
            "classes of connector-api or slf4j in acme.jar are ignored, for those are always the"
                + " host's; give that dependency the scope 'provided'");
  }

  @Test
  void aClassPathInItsManifestIsAWarning() throws IOException {
    write(acme().manifest("Class-Path", "../elsewhere.jar"));

    assertThat(load().plugins().getFirst().fate().warnings())
        .containsExactly(
            "the Class-Path in the manifest of acme.jar leads to files that were not checked; leave"
                + " it out and put those jars beside it or in lib");
  }

  @Test
  void theHostsOwnApiVersionIsKnown() throws IOException {
    write(acme());

    try (PluginReport report = PluginLoader.ofHost().load(plugins)) {
      assertThat(report.plugin(ACME)).isPresent();
    }
  }
}
