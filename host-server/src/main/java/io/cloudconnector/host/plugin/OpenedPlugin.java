package io.cloudconnector.host.plugin;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    List<JarFacts> jars = new ArrayList<>();
    for (Path jar : candidate.jars()) {
      jars.add(JarFacts.of(jar));
    }
    List<JarFacts> announcing = announcing(jars);
    List<String> warnings = new ArrayList<>();
    List<Optional<ApiVersion>> versions = new ArrayList<>();
    for (JarFacts jar : announcing) {
      versions.add(apiVersion(jar, hostVersion, warnings));
    }
    jars.stream().filter(JarFacts::bringsShared).map(OpenedPlugin::ignored).forEach(warnings::add);
    jars.stream()
        .filter(JarFacts::leadsElsewhere)
        .map(OpenedPlugin::unchecked)
        .forEach(warnings::add);
    boolean bringsCore = jars.stream().anyMatch(JarFacts::bringsCore);
    return new OpenedPlugin(
        candidate,
        new PluginClassLoader(candidate.name(), urls(jars), host, bringsCore),
        announcing.getFirst().version(),
        versions.getFirst(),
        warnings);
  }

  private static List<JarFacts> announcing(List<JarFacts> jars) throws Refusal {
    List<JarFacts> announcing = jars.stream().filter(JarFacts::announces).toList();
    if (announcing.isEmpty()) {
      String names = jars.stream().map(JarFacts::name).collect(Collectors.joining(", "));
      throw new Refusal(
          "no " + JarFacts.SERVICE_FILE + " in " + names,
          "if this is a connector, name its factory's class in that file; if it is what another"
              + " connector needs, put both into one folder here");
    }
    return announcing;
  }

  private static Optional<ApiVersion> apiVersion(
      JarFacts jar, ApiVersion hostVersion, List<String> warnings) throws Refusal {
    if (jar.apiVersion().isEmpty()) {
      warnings.add(
          "whether it fits is unknown: the manifest of "
              + jar.name()
              + " has no "
              + JarFacts.API_VERSION
              + "; write the version that it was built against, such as "
              + hostVersion);
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

  private static String ignored(JarFacts jar) {
    return "classes of connector-api or slf4j in "
        + jar.name()
        + " are ignored, for those are always the host's; give that dependency the scope 'provided'";
  }

  private static String unchecked(JarFacts jar) {
    return "the Class-Path in the manifest of "
        + jar.name()
        + " leads to files that were not checked; leave it out and put those jars beside it or in lib";
  }

  private static URL[] urls(List<JarFacts> jars) {
    List<URL> urls = new ArrayList<>();
    for (JarFacts facts : jars) {
      try {
        urls.add(facts.jar().toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalStateException("a file's address is always well-formed", e);
      }
    }
    return urls.toArray(URL[]::new);
  }
}
