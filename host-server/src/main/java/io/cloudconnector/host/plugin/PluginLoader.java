package io.cloudconnector.host.plugin;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.observe.HostVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Loads the plugins of a folder, each with a class loader of its own. One that cannot be used is
 * refused with a reason and stops no other.
 */
public final class PluginLoader {
  private final ApiVersion hostVersion;
  private final ClassLoader host;

  PluginLoader(ApiVersion hostVersion, ClassLoader host) {
    this.hostVersion = hostVersion;
    this.host = host;
  }

  /** For this host. */
  public static PluginLoader ofHost() {
    String api = HostVersion.current().api();
    ApiVersion version =
        ApiVersion.parse(api)
            .orElseThrow(() -> new IllegalStateException("the host's API version is " + api));
    return new PluginLoader(version, PluginLoader.class.getClassLoader());
  }

  /** Loads all of them; a folder that is not there or cannot be read is itself refused. */
  public PluginReport load(Path directory) {
    Collected collected = new Collected();
    try {
      if (Files.isDirectory(directory)) {
        Candidate.in(directory).forEach(candidate -> load(candidate, collected));
      } else {
        collected.refuse(
            directory,
            "there is no such folder",
            "make it, or set plugins.directory to where the plugins are");
      }
    } catch (IOException e) {
      collected.refuse(
          directory,
          "the folder cannot be read (" + e.getClass().getSimpleName() + ")",
          "let the host's user read it");
    }
    collected.refuseRepeatedVendors();
    return collected.report(directory);
  }

  private void load(Candidate candidate, Collected collected) {
    try {
      OpenedPlugin opened = OpenedPlugin.open(candidate, hostVersion, host);
      collected.opened.add(opened);
      collected.plugins.addAll(opened.connectors());
    } catch (Refusal refusal) {
      collected.refuse(candidate.path(), refusal.reason(), refusal.advice());
    }
  }

  /** What has become of the candidates so far. */
  private static final class Collected {
    private final List<OpenedPlugin> opened = new ArrayList<>();
    private final List<LoadedPlugin> plugins = new ArrayList<>();
    private final List<PluginFate> refused = new ArrayList<>();

    void refuse(Path path, String reason, String advice) {
      refused.add(new PluginFate.Refused(path, reason, advice));
    }

    /** Nobody can tell which one is meant, so none is taken. */
    void refuseRepeatedVendors() {
      Map<VendorType, List<LoadedPlugin>> byVendor =
          plugins.stream()
              .collect(
                  Collectors.groupingBy(
                      plugin -> plugin.descriptor().vendor(),
                      () -> new TreeMap<>(Comparator.comparing(VendorType::name)),
                      Collectors.toList()));
      byVendor.values().stream().filter(same -> same.size() > 1).forEach(this::refuseAll);
    }

    private void refuseAll(List<LoadedPlugin> same) {
      String paths =
          same.stream()
              .map(plugin -> plugin.fate().path().toString())
              .collect(Collectors.joining(" and "));
      for (LoadedPlugin plugin : same) {
        plugins.remove(plugin);
        refuse(
            plugin.fate().path(),
            "vendor " + plugin.fate().vendor() + " is in " + paths,
            "keep one of them");
      }
    }

    PluginReport report(Path directory) {
      List<PluginFate> fates = new ArrayList<>(refused);
      plugins.forEach(plugin -> fates.add(plugin.fate()));
      fates.sort(Comparator.comparing(PluginFate::path));
      plugins.sort(Comparator.comparing(plugin -> plugin.fate().vendor().name()));
      List<Closeable> classLoaders = new ArrayList<>();
      opened.forEach(plugin -> classLoaders.add(plugin.classLoader()));
      return new PluginReport(directory, plugins, fates, classLoaders);
    }
  }
}
