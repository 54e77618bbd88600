package io.cloudconnector.host.plugin;

import java.nio.file.Path;

/** Loads the plugins of a folder. */
public final class PluginLoader {
  private final ApiVersion hostVersion;
  private final ClassLoader host;

  PluginLoader(ApiVersion hostVersion, ClassLoader host) {
    this.hostVersion = hostVersion;
    this.host = host;
  }

  /** For this host. */
  public static PluginLoader ofHost() {
    return new PluginLoader(new ApiVersion(0, 1), PluginLoader.class.getClassLoader());
  }

  public PluginReport load(Path directory) {
    if (hostVersion.major() >= 0) {
      throw new UnsupportedOperationException("not written yet: " + directory + host);
    }
    return new PluginReport(
        directory, java.util.List.of(), java.util.List.of(), java.util.List.of());
  }
}
