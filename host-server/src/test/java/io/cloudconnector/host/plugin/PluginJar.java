package io.cloudconnector.host.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudconnector.api.ConnectorFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Makes jars out of Java source, with the compiler of the running JDK. */
public final class PluginJar {
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Manifest manifest = new Manifest();
  private OptionalInt classFileVersion = OptionalInt.empty();

  private PluginJar() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  static PluginJar empty() {
    return new PluginJar();
  }

  /** A good plugin whose factory has this descriptor expression. */
  static PluginJar withDescriptor(String descriptor) {
    return empty()
        .manifest(JarFacts.API_VERSION, "0.1")
        .manifest("Implementation-Version", "1.2.3")
        .announcing("acme.AcmeFactory")
        .source("acme.AcmeFactory", factory("", descriptor));
  }

  /** A good plugin for this vendor. */
  public static PluginJar forVendor(String vendor) {
    return forVendor(vendor, ".resource(\"run\")");
  }

  /** A good plugin for this vendor, whose descriptor is made with these calls. */
  public static PluginJar forVendor(String vendor, String calls) {
    return withDescriptor(descriptor(vendor, '"' + vendor + " cloud\"", calls));
  }

  /**
   * A good plugin but for what its factory does; its source is that of {@code acme.AcmeFactory}.
   */
  public static PluginJar ofFactory(String source) {
    return empty()
        .manifest(JarFacts.API_VERSION, "0.1")
        .announcing("acme.AcmeFactory")
        .source("acme.AcmeFactory", source);
  }

  static String descriptor(String vendor, String displayName) {
    return descriptor(vendor, displayName, ".resource(\"run\")");
  }

  static String descriptor(String vendor, String displayName, String calls) {
    return "Descriptor.builder(new VendorType(\"%s\"), %s)%s.build()"
        .formatted(vendor, displayName, calls);
  }

  /** Source of a factory. */
  static String factory(String members, String descriptor) {
    return """
        package acme;
        import io.cloudconnector.api.*;
        public class AcmeFactory implements ConnectorFactory {
          %s
          public Descriptor descriptor() { return %s; }
          public CloudConnector create(ConnectorContext context) {
            throw new ConnectorException("not needed here");
          }
        }
        """
        .formatted(members, descriptor);
  }

  PluginJar source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  PluginJar text(String entry, String content) {
    texts.put(entry, content);
    return this;
  }

  PluginJar announcing(String... classes) {
    return text(JarFacts.SERVICE_FILE, String.join("\n", classes) + "\n");
  }

  PluginJar manifest(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  PluginJar withoutManifestEntry(String name) {
    manifest.getMainAttributes().remove(new Attributes.Name(name));
    return this;
  }

  /** Lets its classes say that they were compiled for another Java: 69 is Java 25. */
  PluginJar classFileVersion(int major) {
    classFileVersion = OptionalInt.of(major);
    return this;
  }

  /** Compiles and writes. Further jars stand on the class path of the compiler only. */
  public Path write(Path jar, Path... classPath) throws IOException {
    Path classes =
        Files.createTempDirectory(
            Objects.requireNonNull(jar.toAbsolutePath().getParent()), ".classes");
    compile(classes, classPath);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Path compiled : compiledIn(classes)) {
        add(out, classes.relativize(compiled).toString(), classFile(compiled));
      }
      for (Map.Entry<String, String> text : texts.entrySet()) {
        add(out, text.getKey(), text.getValue().getBytes(UTF_8));
      }
    }
    return jar;
  }

  private byte[] classFile(Path compiled) throws IOException {
    byte[] bytes = Files.readAllBytes(compiled);
    classFileVersion.ifPresent(major -> ByteBuffer.wrap(bytes).putShort(6, (short) major));
    return bytes;
  }

  private static List<Path> compiledIn(Path classes) throws IOException {
    try (Stream<Path> all = Files.walk(classes)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  private void compile(Path classes, Path... classPath) throws IOException {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      List<Path> path = Stream.concat(Stream.of(classPath), Stream.of(connectorApi())).toList();
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
      List<Source> units =
          sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
      boolean compiled =
          compiler.getTask(null, files, null, List.of("-proc:none"), null, units).call();
      if (!compiled) {
        throw new IllegalStateException("the test's own source does not compile");
      }
    }
  }

  private static Path connectorApi() {
    try {
      return Path.of(
          ConnectorFactory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + ".java"),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
