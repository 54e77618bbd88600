package io.cloudconnector.host;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the house forbids, so that a reader may rely on it. */
class ArchitectureTest {
  private static final JavaClasses HOST =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.cloudconnector.host");
  private static final Pattern VENDOR =
      Pattern.compile("\\b(whoop|oura)\\b", Pattern.CASE_INSENSITIVE);

  @Test
  void roomsDependOnOneAnotherInOneDirectionOnly() {
    slices().matching("io.cloudconnector.host.(*)..").should().beFreeOfCycles().check(HOST);
  }

  @Test
  void roomsDoNotKnowTheWiring() {
    noClasses()
        .that()
        .resideInAPackage("io.cloudconnector.host.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.cloudconnector.host")
        .check(HOST);
  }

  @Test
  void onlyTheWebRoomKnowsTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.cloudconnector.host.web")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..", "jakarta.servlet..")
        .check(HOST);
  }

  @Test
  void theHostKnowsNoVendorModule() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.cloudconnector.whoop..",
            "io.cloudconnector.oura..",
            "io.cloudconnector.testkit..",
            "io.cloudconnector.simulator.whoop..")
        .check(HOST);
  }

  @Test
  void theHostNamesNoVendor() throws IOException {
    try (var files = Files.walk(Path.of("src/main"))) {
      List<Path> naming = files.filter(Files::isRegularFile).filter(this::namesVendor).toList();
      assertThat(naming).isEmpty();
    }
  }

  private boolean namesVendor(Path file) {
    try {
      return VENDOR.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
