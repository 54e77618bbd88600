package io.cloudconnector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.plugin.PluginLoader;
import io.cloudconnector.host.plugin.PluginReport;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
  @TempDir Path folder;

  @Test
  void theCeilingIsAPluginLikeAnyOther() throws IOException {
    PluginFolder.writeCeiling(folder.resolve("ceiling.jar"));
    try (PluginReport report = PluginLoader.ofHost().load(folder)) {
      assertThat(report.refused()).isEmpty();
      assertThat(report.plugin(new VendorType("ceiling"))).isPresent();
    }
  }
}
