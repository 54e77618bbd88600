package io.cloudconnector.benchmarks;

import io.cloudconnector.benchmarks.ceiling.CeilingConnectorFactory;
import io.cloudconnector.host.observe.HostVersion;
import io.cloudconnector.whoop.WhoopConnectorFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The plugins that the measured host loads: WHOOP's jar as it was built, and the ceiling. */
final class PluginFolder {
  private static final String SERVICE = "META-INF/services/io.cloudconnector.api.ConnectorFactory";

  private PluginFolder() {}

  static Path in(Path folder) throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Path whoop = codeOf(WhoopConnectorFactory.class);
    if (!Files.isRegularFile(whoop)) {
      throw new IllegalStateException(
          "WHOOP's connector is not packed: run the benchmarks in Maven's phase 'package'");
    }
    Files.copy(whoop, plugins.resolve("connector-whoop.jar"));
    writeCeiling(plugins, "ceiling");
    return plugins;
  }

  /** Small plugins of so many vendors. */
  static Path ofMany(Path folder, int vendors) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < vendors; i++) {
      writeCeiling(folder, "vendor" + i);
    }
    return folder;
  }

  /** Where the class was loaded from: a jar, or a folder of classes. */
  static Path codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the address of a class is always well-formed", e);
    }
  }

  private static void writeCeiling(Path plugins, String vendor) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Connector-Api-Version"), HostVersion.current().api());
    try (OutputStream out = Files.newOutputStream(plugins.resolve(vendor + ".jar"));
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      String factory = CeilingConnectorFactory.class.getName();
      add(entries, SERVICE, factory.getBytes(StandardCharsets.UTF_8));
      add(entries, "vendor", vendor.getBytes(StandardCharsets.UTF_8));
      for (String name : List.of("CeilingConnectorFactory", "CeilingConnector")) {
        try (InputStream code =
            Objects.requireNonNull(
                CeilingConnectorFactory.class.getResourceAsStream(name + ".class"))) {
          String folder = CeilingConnectorFactory.class.getPackageName().replace('.', '/');
          add(entries, folder + "/" + name + ".class", code.readAllBytes());
        }
      }
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
