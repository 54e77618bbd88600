package io.cloudconnector.host.plugin;

import io.cloudconnector.api.ConnectorFactory;
import io.cloudconnector.api.Descriptor;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A candidate whose jars and manifests are in order, with its class loader.
 *
 * @param version the plugin's own, where its manifest says
 * @param apiVersion what it was built against, where its manifest says
 */
record OpenedPlugin(
    Candidate candidate,
    PluginClassLoader classLoader,
    Optional<String> version,
    Optional<ApiVersion> apiVersion,
    List<String> warnings) {
  private static final int CAUSES = 5;

  OpenedPlugin {
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks all that can be checked without running a line of the plugin.
   *
   * @throws Refusal when it cannot be used
   */
  static OpenedPlugin open(Candidate candidate, ApiVersion hostVersion, ClassLoader host)
      throws Refusal {
    Map<Path, JarFacts> facts = new LinkedHashMap<>();
    for (Path jar : candidate.allJars()) {
      facts.put(jar, JarFacts.of(jar));
    }
    JarFacts announcing = announcing(candidate, facts);
    List<String> warnings = new ArrayList<>();
    Optional<ApiVersion> apiVersion = apiVersion(announcing, hostVersion, warnings);
    if (facts.values().stream().anyMatch(JarFacts::bringsShared)) {
      warnings.add("its own copies of connector-api or slf4j are ignored");
    }
    boolean bringsCore = facts.values().stream().anyMatch(JarFacts::bringsCore);
    return new OpenedPlugin(
        candidate,
        new PluginClassLoader(candidate.name(), urls(facts.keySet()), host, bringsCore),
        announcing.version(),
        apiVersion,
        warnings);
  }

  private static JarFacts announcing(Candidate candidate, Map<Path, JarFacts> facts)
      throws Refusal {
    if (candidate.jars().isEmpty()) {
      throw new Refusal(
          "the folder has no jar", "put the connector's jar into it, or remove the folder");
    }
    return facts.entrySet().stream()
        .filter(jar -> candidate.jars().contains(jar.getKey()))
        .map(Map.Entry::getValue)
        .filter(JarFacts::announces)
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    "it has no " + JarFacts.SERVICE_FILE,
                    "name the class of the connector's factory in that file, or remove the jar if"
                        + " it is no connector"));
  }

  private static Optional<ApiVersion> apiVersion(
      JarFacts jar, ApiVersion hostVersion, List<String> warnings) throws Refusal {
    if (jar.apiVersion().isEmpty()) {
      warnings.add("its manifest has no " + JarFacts.API_VERSION + ": whether it fits is unknown");
      return Optional.empty();
    }
    String text = jar.apiVersion().get();
    ApiVersion version =
        ApiVersion.parse(text)
            .orElseThrow(
                () ->
                    new Refusal(
                        "its " + JarFacts.API_VERSION + " '" + text + "' is not major.minor",
                        "write " + hostVersion + " into its manifest if it was built for that"));
    if (!hostVersion.runs(version)) {
      throw new Refusal(
          "it was built for connector API " + version + " and this host has " + hostVersion,
          version.major() == hostVersion.major()
              ? "use a newer host, or an older version of the plugin"
              : "use a version of the plugin built for " + hostVersion.major() + ".x");
    }
    return Optional.of(version);
  }

  private static URL[] urls(Iterable<Path> jars) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      try {
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalStateException("a file's address is always well-formed", e);
      }
    }
    return urls.toArray(URL[]::new);
  }

  /**
   * Makes the factories and asks each for its descriptor. Whatever the plugin throws, also an
   * error, is its own affair.
   *
   * @throws Refusal when one of them fails: a plugin is taken whole or not at all
   */
  List<LoadedPlugin> connectors() throws Refusal {
    List<LoadedPlugin> connectors = new ArrayList<>();
    for (ConnectorFactory factory : factories()) {
      connectors.add(connector(factory));
    }
    if (connectors.isEmpty()) {
      throw new Refusal(
          JarFacts.SERVICE_FILE + " names no class", "name the class of the connector's factory");
    }
    return connectors;
  }

  private List<ConnectorFactory> factories() throws Refusal {
    try {
      return ServiceLoader.load(ConnectorFactory.class, classLoader).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    } catch (Throwable e) {
      throw new Refusal(
          "its factory cannot be made: " + inWords(e),
          "check " + JarFacts.SERVICE_FILE + ", and that the plugin holds the libraries it needs");
    }
  }

  private LoadedPlugin connector(ConnectorFactory factory) throws Refusal {
    try {
      Descriptor descriptor = factory.descriptor();
      PluginFate.Loaded fate =
          new PluginFate.Loaded(
              candidate.path(),
              descriptor.vendor(),
              descriptor.displayName(),
              version,
              apiVersion,
              warnings);
      return new LoadedPlugin(descriptor, factory, classLoader, fate);
    } catch (Throwable e) {
      throw new Refusal(
          factory.getClass().getName() + " gives no descriptor: " + inWords(e),
          "tell the author of the plugin");
    }
  }

  private static String inWords(Throwable failure) {
    Throwable cause = failure;
    StringBuilder words = new StringBuilder(cause.toString());
    for (int depth = 0; depth < CAUSES && cause.getCause() != null; depth++) {
      cause = cause.getCause();
      words.append(", caused by ").append(cause);
    }
    return words.toString().replaceAll("\\s+", " ");
  }
}
