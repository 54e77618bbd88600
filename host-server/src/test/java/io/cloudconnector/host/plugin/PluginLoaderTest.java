package io.cloudconnector.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.config.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a whole folder of plugins. */
class PluginLoaderTest extends LoadingTestBase {
  @Test
  void oneBadJarStopsNoOther() throws IOException {
    Files.writeString(plugins.resolve("bad.jar"), "bad");
    write(acme());

    PluginReport report = load();

    assertThat(report.plugin(ACME)).isPresent();
    assertThat(report.refused()).hasSize(1);
  }

  @Test
  void looksAtAllFilesBeforeAnyClassRuns() throws IOException {
    Path later = Files.writeString(plugins.resolve("later.jar"), "bad");
    write(
        acme(
            "static { new java.io.File(\"%s\").delete(); }".formatted(later),
            PluginJar.descriptor("acme", "\"Acme\"")));

    PluginReport report = load();

    assertThat(later).doesNotExist();
    assertThat(report.refused().getFirst().reason()).startsWith("later.jar is no readable jar");
  }

  @Test
  void aPluginMayHoldSeveralConnectors() throws IOException {
    write(
        acme()
            .announcing("acme.AcmeFactory", "acme.Second")
            .source("acme.Second", second(PluginJar.descriptor("second", "\"Second\""))));

    assertThat(load().descriptors()).containsOnlyKeys(ACME, new VendorType("second"));
  }

  private static String second(String descriptor) {
    return PluginJar.factory("", descriptor).replace("AcmeFactory", "Second");
  }

  @Test
  void refusesBothPluginsOfOneVendorAndNoOther() throws IOException {
    Path one = acme().write(plugins.resolve("one.jar"));
    Path two = acme().write(plugins.resolve("two.jar"));
    PluginJar.forVendor("other").write(plugins.resolve("three.jar"));

    PluginReport report = load();

    assertThat(report.descriptors()).containsOnlyKeys(new VendorType("other"));
    assertThat(report.refused()).extracting(PluginFate.Refused::path).containsExactly(one, two);
    assertThat(report.refused())
        .extracting(PluginFate.Refused::reason)
        .containsOnly(
            "vendor acme is in %s (acme.AcmeFactory) and %s (acme.AcmeFactory)"
                .formatted(one, two));
    assertThat(report.refused())
        .extracting(PluginFate.Refused::advice)
        .containsOnly("keep one of them");
  }

  @Test
  void refusesBothConnectorsOfOneVendorInOneJar() throws IOException {
    write(
        acme()
            .announcing("acme.AcmeFactory", "acme.Second")
            .source("acme.Second", second(PluginJar.descriptor("acme", "\"Acme\""))));

    PluginReport report = load();

    assertThat(report.plugins()).isEmpty();
    assertThat(report.refused())
        .extracting(PluginFate.Refused::reason)
        .hasSize(2)
        .allSatisfy(reason -> assertThat(reason).contains("(acme.AcmeFactory)", "(acme.Second)"));
  }

  @Test
  void tellsEachFateInATable() throws IOException {
    Files.writeString(plugins.resolve("bad.jar"), "bad");
    acme().write(plugins.resolve("good.jar"));

    assertThat(load().table().lines())
        .satisfiesExactly(
            heading -> assertThat(heading).startsWith("PLUGIN").endsWith("NOTE"),
            bad ->
                assertThat(bad)
                    .matches("bad\\.jar +REFUSED +- .*; to mend it: copy it here again.*"),
            good -> assertThat(good).matches("good\\.jar +loaded +acme +1\\.2\\.3 +0\\.1"));
  }

  @Test
  void aRequiredVendorThatIsMissingStopsTheStart() throws IOException {
    Files.writeString(plugins.resolve("bad.jar"), "bad");
    acme().write(plugins.resolve("good.jar"));
    PluginReport report = load();

    report.require(List.of(ACME));

    assertThatThrownBy(() -> report.require(List.of(ACME, new VendorType("beta"))))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("plugins.required names beta,")
        .hasMessageMatching("(?s).*bad\\.jar +REFUSED .*good\\.jar +loaded +acme.*");
  }
}
