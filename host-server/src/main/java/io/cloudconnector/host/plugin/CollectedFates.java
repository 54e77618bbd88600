package io.cloudconnector.host.plugin;

import io.cloudconnector.api.VendorType;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What has become of the candidates so far. Not thread-safe. */
final class CollectedFates {
  private final Set<Path> seen = new HashSet<>();
  private final List<OpenedPlugin> opened = new ArrayList<>();
  private final List<LoadedPlugin> connectors = new ArrayList<>();
  private final List<PluginFate> refused = new ArrayList<>();

  /** False where links led to the same jar or folder before. */
  boolean isNew(Candidate candidate) {
    return seen.add(candidate.real());
  }

  void add(OpenedPlugin plugin) {
    opened.add(plugin);
  }

  List<OpenedPlugin> opened() {
    return List.copyOf(opened);
  }

  void add(List<LoadedPlugin> usable) {
    connectors.addAll(usable);
  }

  void refuse(Path path, Refusal refusal) {
    refused.add(new PluginFate.Refused(path, refusal.reason(), refusal.advice()));
  }

  PluginReport report(Path directory) {
    refuseRepeatedVendors();
    List<PluginFate> fates = new ArrayList<>(refused);
    connectors.forEach(connector -> fates.add(connector.fate()));
    fates.sort(Comparator.comparing(PluginFate::path));
    connectors.sort(Comparator.comparing(connector -> connector.fate().vendor().name()));
    List<Closeable> classLoaders = new ArrayList<>();
    opened.forEach(plugin -> classLoaders.add(plugin.classLoader()));
    return new PluginReport(directory, connectors, fates, classLoaders);
  }

  /** Nobody can tell which one is meant, so none is taken. */
  private void refuseRepeatedVendors() {
    Map<VendorType, List<LoadedPlugin>> byVendor =
        connectors.stream()
            .collect(
                Collectors.groupingBy(
                    connector -> connector.fate().vendor(),
                    () -> new TreeMap<>(Comparator.comparing(VendorType::name)),
                    Collectors.toList()));
    byVendor.values().stream().filter(same -> same.size() > 1).forEach(this::refuseAll);
  }

  private void refuseAll(List<LoadedPlugin> same) {
    String places = same.stream().map(CollectedFates::place).collect(Collectors.joining(" and "));
    for (LoadedPlugin connector : same) {
      connectors.remove(connector);
      refuse(
          connector.fate().path(),
          new Refusal(
              "vendor " + connector.fate().vendor() + " is in " + places, "keep one of them"));
    }
  }

  private static String place(LoadedPlugin connector) {
    return connector.fate().path() + " (" + connector.factory().getClass().getName() + ")";
  }
}
