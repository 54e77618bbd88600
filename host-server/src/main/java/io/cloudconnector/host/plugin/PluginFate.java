package io.cloudconnector.host.plugin;

import io.cloudconnector.api.VendorType;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What became of one candidate. Immutable. */
public sealed interface PluginFate {
  /** The jar or folder. */
  Path path();

  /**
   * A connector that may be started. A plugin with several connectors has one such fate for each.
   *
   * @param version the plugin's own, where its manifest says
   * @param apiVersion what it was built against, where its manifest says
   */
  record Loaded(
      Path path,
      VendorType vendor,
      String displayName,
      Optional<String> version,
      Optional<ApiVersion> apiVersion,
      List<String> warnings)
      implements PluginFate {
    public Loaded {
      Objects.requireNonNull(path);
      Objects.requireNonNull(vendor);
      Objects.requireNonNull(displayName);
      Objects.requireNonNull(version);
      Objects.requireNonNull(apiVersion);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Not used.
   *
   * @param reason what is wrong with it
   * @param advice what to do
   */
  record Refused(Path path, String reason, String advice) implements PluginFate {
    public Refused {
      Objects.requireNonNull(path);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(advice);
    }
  }
}
