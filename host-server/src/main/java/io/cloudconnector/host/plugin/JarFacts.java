package io.cloudconnector.host.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What a jar says before any of its classes is loaded.
 *
 * @param announces whether it names connectors for the service loader
 * @param apiVersion the manifest's text
 * @param version the manifest's text
 * @param bringsCore whether it holds classes of connector-core
 * @param bringsShared whether it holds classes that always come from the host
 * @param leadsElsewhere whether its manifest names further jars, which class loaders follow
 */
record JarFacts(
    Path jar,
    boolean announces,
    Optional<String> apiVersion,
    Optional<String> version,
    boolean bringsCore,
    boolean bringsShared,
    boolean leadsElsewhere) {
  static final String SERVICE_FILE = "META-INF/services/io.cloudconnector.api.ConnectorFactory";
  static final String API_VERSION = "Connector-Api-Version";

  static JarFacts of(Path jar) throws Refusal {
    try (JarFile file = new JarFile(jar.toFile())) {
      Optional<Manifest> manifest = Optional.ofNullable(file.getManifest());
      return new JarFacts(
          jar,
          file.getEntry(SERVICE_FILE) != null,
          entry(manifest, API_VERSION),
          entry(manifest, Attributes.Name.IMPLEMENTATION_VERSION.toString()),
          holds(file, PluginClassLoader.CORE),
          holds(file, PluginClassLoader.API) || holds(file, PluginClassLoader.LOGGING),
          entry(manifest, Attributes.Name.CLASS_PATH.toString()).isPresent());
    } catch (IOException | RuntimeException e) {
      // The library is not consistent in what it throws at bytes that are no jar.
      throw new Refusal(
          "%s is no readable jar (%s: %s)"
              .formatted(jar.getFileName(), e.getClass().getSimpleName(), e.getMessage()),
          "copy it here again, whole, and check its permissions");
    }
  }

  private static Optional<String> entry(Optional<Manifest> manifest, String name) {
    return manifest.map(Manifest::getMainAttributes).map(all -> all.getValue(name));
  }

  private static boolean holds(JarFile file, String packagePrefix) {
    String folder = packagePrefix.replace('.', '/');
    return file.stream()
        .anyMatch(
            entry -> entry.getName().startsWith(folder) && entry.getName().endsWith(".class"));
  }

  String name() {
    return String.valueOf(jar.getFileName());
  }
}
