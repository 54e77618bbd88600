package io.cloudconnector.host.plugin;

import io.cloudconnector.host.observe.HostVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Loads the plugins of a folder, each with a class loader of its own. One that cannot be used is
 * refused with a reason and stops no other.
 */
public final class PluginLoader {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final ApiVersion hostVersion;
  private final ClassLoader host;
  private final Patience patience;

  PluginLoader(ApiVersion hostVersion, ClassLoader host, Patience patience) {
    this.hostVersion = hostVersion;
    this.host = host;
    this.patience = patience;
  }

  /** For this host. */
  public static PluginLoader ofHost() {
    String api = HostVersion.current().api();
    ApiVersion version =
        ApiVersion.parse(api)
            .orElseThrow(() -> new IllegalStateException("the host's API version is " + api));
    return new PluginLoader(version, PluginLoader.class.getClassLoader(), Patience.of(LONGEST));
  }

  /**
   * Loads all of them; a folder that is not there or cannot be read is itself refused. No code of a
   * plugin runs before the files of all were looked at.
   */
  public PluginReport load(Path directory) {
    CollectedFates fates = new CollectedFates();
    for (Path entry : entries(directory, fates)) {
      open(entry, fates);
    }
    for (OpenedPlugin plugin : fates.opened()) {
      find(plugin, fates);
    }
    return fates.report(directory);
  }

  private static List<Path> entries(Path directory, CollectedFates fates) {
    try {
      if (!Files.isDirectory(directory)) {
        throw new Refusal(
            "there is no such folder",
            "make it, or set plugins.directory to where the plugins are");
      }
      return Candidate.entriesOf(directory);
    } catch (Refusal refusal) {
      fates.refuse(directory, refusal);
      return List.of();
    }
  }

  private void open(Path entry, CollectedFates fates) {
    try {
      Optional<Candidate> candidate = Candidate.of(entry);
      if (candidate.isPresent() && fates.isNew(candidate.get())) {
        fates.add(OpenedPlugin.open(candidate.get(), hostVersion, host));
      }
    } catch (Refusal refusal) {
      fates.refuse(entry, refusal);
    }
  }

  private void find(OpenedPlugin plugin, CollectedFates fates) {
    Path path = plugin.candidate().path();
    try {
      AnnouncedConnectors connectors = PluginThread.load(plugin, patience);
      fates.add(connectors.usable());
      connectors.refused().forEach(refusal -> fates.refuse(path, refusal));
    } catch (Refusal refusal) {
      fates.refuse(path, refusal);
    }
  }
}
