package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What docs/writing-a-connector.md promises a newcomer, from an empty folder to the first event.
 */
class ThirdPartyIT extends PluginTest {
  private static final String JAR = "connector-acme-1.0.0.jar";

  @Test
  void projectOfTheArchetypeBuildsAgainstTheSdkAndItsJarDropsIn() throws IOException {
    AuthorsMaven maven = AuthorsMaven.in(folder);
    maven.run(
        distribution.sdk().resolve("pom.xml"),
        "archetype:generate",
        "-Dsdk=" + distribution.sdk(),
        "-DoutputDirectory=" + folder,
        "-DgroupId=com.example",
        "-DartifactId=connector-acme",
        "-Dpackage=com.example.acme");
    Path project = folder.resolve("connector-acme");
    maven.run(project.resolve("pom.xml"), "package");
    maven.assertTookOursFromTheSdkOnly();
    assertThat(project.resolve("target/surefire-reports"))
        .isDirectoryContaining("glob:**TEST-com.example.acme.AcmeContractTest.xml");
    Path plugins = project.resolve("target/plugins");
    assertIsGood(plugins);

    distribution.plug(plugins.resolve(JAR));
    serve(Map.of("required", List.of("acme")), Map.of("acme", acme.connectorSettings()));

    assertThat(walkThatArrives().path("resourcetype").asString()).isEqualTo("steps");
    keep(plugins.resolve(JAR));
  }

  private void assertIsGood(Path plugins) {
    HostProcess verify = distribution.start("plugins", "verify", plugins.toString());
    assertThat(verify.status()).as(verify.out()).isZero();
    assertThat(verify.out()).contains(JAR, "loaded", "acme", "1.0.0");
  }

  /** For src/test/plugins, should this version be one that later hosts must run. */
  private static void keep(Path jar) throws IOException {
    Path folder = Files.createDirectories(Path.of(Distribution.property("third.party")));
    Files.copy(jar, folder.resolve("connector-acme.jar"), StandardCopyOption.REPLACE_EXISTING);
  }
}
