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
  void theCeilingIsAPluginLikeAnyOtherAndOneOfMany() throws IOException {
    try (PluginReport report = PluginLoader.ofHost().load(PluginFolder.ofMany(folder, 3))) {
      assertThat(report.refused()).isEmpty();
      assertThat(report.descriptors())
          .containsOnlyKeys(
              new VendorType("vendor0"), new VendorType("vendor1"), new VendorType("vendor2"));
    }
  }
}
