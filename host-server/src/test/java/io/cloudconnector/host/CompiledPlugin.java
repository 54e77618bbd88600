package io.cloudconnector.host;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.host.acme.AcmeConnectorFactory;
import io.cloudconnector.host.observe.HostVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
import java.util.stream.Stream;

/** A connector of the tests' own as a third party would hand it over: compiled classes in a jar. */
public final class CompiledPlugin {
  private static final String SERVICE = "META-INF/services/io.cloudconnector.api.ConnectorFactory";

  private CompiledPlugin() {}

  static Path writeInto(Path folder) {
    return writeInto(folder, "acme", AcmeConnectorFactory.class);
  }

  public static Path writeInto(
      Path folder, String name, Class<? extends ConnectorFactory> factory) {
    Path jar = folder.resolve(name + ".jar");
    try {
      Files.createDirectories(folder);
      try (OutputStream out = Files.newOutputStream(jar);
          JarOutputStream entries = new JarOutputStream(out, manifest())) {
        add(entries, SERVICE, factory.getName().getBytes(StandardCharsets.UTF_8));
        for (Path file : compiled()) {
          add(
              entries,
              "io/cloudconnector/host/acme/" + file.getFileName(),
              Files.readAllBytes(file));
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Connector-Api-Version"), HostVersion.current().api());
    return manifest;
  }

  private static List<Path> compiled() throws IOException {
    try {
      Path folder =
          Path.of(Objects.requireNonNull(AcmeConnectorFactory.class.getResource("")).toURI());
      try (Stream<Path> files = Files.list(folder)) {
        return files.filter(file -> file.toString().endsWith(".class")).toList();
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class's address is always well-formed", e);
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
