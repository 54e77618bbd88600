package io.cloudconnector.host.cli;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.config.LoadedSettings;
import io.cloudconnector.host.config.PluginSettings;
import io.cloudconnector.host.config.SettingsLoader;
import io.cloudconnector.host.config.StartupException;
import io.cloudconnector.host.observe.LogOutput;
import io.cloudconnector.host.plugin.LoadedPlugin;
import io.cloudconnector.host.plugin.PluginLoader;
import io.cloudconnector.host.plugin.PluginReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "plugins", description = "Plugins and what becomes of each.")
final class PluginsCommand {
  private final Console console;

  PluginsCommand(Console console) {
    this.console = console;
  }

  @Command(
      description =
          "Lists the plugins of the configured folder, and what may be set for their connectors.")
  int list(@Mixin ConfigOption config) {
    console.logging().accept(LogOutput.ofCommand(console.environment()));
    List<PluginReport> opened = new ArrayList<>();
    try {
      LoadedSettings loaded =
          SettingsLoader.load(
              config.fileOf(console),
              console.environment(),
              console.home(),
              plugins -> show(plugins, opened));
      loaded.warnings().forEach(warning -> console.err().println("Warning: " + warning));
      opened.forEach(report -> showIdle(report, loaded.settings().connectors().keySet()));
      return 0;
    } finally {
      opened.forEach(PluginReport::close);
    }
  }

  /** Printed at once, so that it is seen although the rest of the configuration may be faulty. */
  private Map<VendorType, Descriptor> show(PluginSettings plugins, List<PluginReport> opened) {
    PluginReport report = PluginLoader.ofHost().load(plugins.directory());
    opened.add(report);
    printFates(report);
    String declared =
        DeclaredTable.of(report.plugins().stream().map(LoadedPlugin::descriptor).toList());
    if (!declared.isEmpty()) {
      console.out().println("\n" + declared);
    }
    return report.descriptors();
  }

  private void printFates(PluginReport report) {
    console.out().println(Printable.lines(report.table()));
  }

  private void showIdle(PluginReport report, Set<VendorType> configured) {
    report.plugins().stream()
        .map(LoadedPlugin::descriptor)
        .filter(descriptor -> !configured.contains(descriptor.vendor()))
        .forEach(
            descriptor ->
                console
                    .out()
                    .println(
                        descriptor.displayName()
                            + " is not configured and will not be started: there is no connectors."
                            + descriptor.vendor()));
  }

  @Command(
      description = "Checks the plugins of a folder; status 1 if any is refused or there is none.")
  int verify(@Parameters(paramLabel = "DIR", description = "The folder.") Path directory) {
    console.logging().accept(LogOutput.ofCommand(console.environment()));
    if (Files.isRegularFile(directory)) {
      throw StartupException.configuration(
          directory + " is a file; put it alone into a folder, and name that");
    }
    try (PluginReport report = PluginLoader.ofHost().load(directory.toAbsolutePath().normalize())) {
      printFates(report);
      // Who checks a folder without plugins has named another than they meant.
      return report.refused().isEmpty() && !report.fates().isEmpty() ? 0 : 1;
    }
  }
}
