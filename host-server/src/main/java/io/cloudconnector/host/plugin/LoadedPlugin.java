package io.cloudconnector.host.plugin;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import java.util.Objects;

/**
 * A connector that may be started.
 *
 * @param classLoader the plugin's own; closed with the report
 */
public record LoadedPlugin(
    Descriptor descriptor,
    ConnectorFactory factory,
    ClassLoader classLoader,
    PluginFate.Loaded fate) {
  public LoadedPlugin {
    Objects.requireNonNull(descriptor);
    Objects.requireNonNull(factory);
    Objects.requireNonNull(classLoader);
    Objects.requireNonNull(fate);
  }
}
