package io.cloudconnector.host.plugin;

import io.cloudconnector.api.Descriptor;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.config.StartupException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What was found in the plugins folder, candidate by candidate. Immutable until closed. */
public final class PluginReport implements AutoCloseable {
  private final Path directory;
  private final List<LoadedPlugin> plugins;
  private final List<PluginFate> fates;
  private final List<Closeable> classLoaders;

  PluginReport(
      Path directory,
      List<LoadedPlugin> plugins,
      List<PluginFate> fates,
      List<Closeable> classLoaders) {
    this.directory = directory;
    this.plugins = List.copyOf(plugins);
    this.fates = List.copyOf(fates);
    this.classLoaders = List.copyOf(classLoaders);
  }

  /** The folder that was searched. */
  public Path directory() {
    return directory;
  }

  /** Connectors that may be started, one per vendor. */
  public List<LoadedPlugin> plugins() {
    return plugins;
  }

  public Optional<LoadedPlugin> plugin(VendorType vendor) {
    return plugins.stream()
        .filter(plugin -> plugin.descriptor().vendor().equals(vendor))
        .findFirst();
  }

  /** What the connectors say about themselves, by vendor. */
  public Map<VendorType, Descriptor> descriptors() {
    Map<VendorType, Descriptor> byVendor = new LinkedHashMap<>();
    plugins.forEach(plugin -> byVendor.put(plugin.descriptor().vendor(), plugin.descriptor()));
    return Map.copyOf(byVendor);
  }

  /** One for each connector that was loaded and each candidate that was refused, by path. */
  public List<PluginFate> fates() {
    return fates;
  }

  public List<PluginFate.Refused> refused() {
    return fates.stream()
        .filter(PluginFate.Refused.class::isInstance)
        .map(PluginFate.Refused.class::cast)
        .toList();
  }

  /** The fates as plain text, a line each under a heading, for the log and the command line. */
  public String table() {
    return FateTable.of(directory, fates);
  }

  /**
   * Demands connectors for these vendors.
   *
   * @throws StartupException naming what is missing, what was found and what was refused
   */
  public void require(Collection<VendorType> vendors) {
    TreeSet<String> missing = new TreeSet<>();
    vendors.stream()
        .filter(vendor -> plugin(vendor).isEmpty())
        .forEach(vendor -> missing.add(vendor.name()));
    if (!missing.isEmpty()) {
      throw new StartupException(
          "plugins.required names "
              + String.join(", ", missing)
              + ", but there is no usable plugin for it.\n"
              + table());
    }
  }

  /** Closes the class loaders. Connectors must have been closed before. */
  @Override
  public void close() {
    IOException first = null;
    for (Closeable classLoader : classLoaders) {
      try {
        classLoader.close();
      } catch (IOException e) {
        first = Objects.requireNonNullElse(first, e);
      }
    }
    if (first != null) {
      throw new UncheckedIOException("a plugin's jar could not be closed", first);
    }
  }
}
