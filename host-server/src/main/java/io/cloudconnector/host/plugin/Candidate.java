package io.cloudconnector.host.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What might be a plugin: a jar, or a folder with jars at its top and in its {@code lib}.
 *
 * @param path as the operator named it
 * @param real where its links lead
 * @param jars at least one, each where its links lead; those at the top first
 */
record Candidate(Path path, Path real, List<Path> jars) {
  private static final String SUFFIX = ".jar";
  private static final String LIBRARIES = "lib";

  Candidate {
    jars = List.copyOf(jars);
  }

  /** What stands in a folder, by name; what is hidden is left out. */
  static List<Path> entriesOf(Path folder) throws Refusal {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !nameOf(entry).startsWith(".")).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new Refusal(
          "the folder " + folder + " cannot be read (" + e.getClass().getSimpleName() + ")",
          "let the host's user read it");
    }
  }

  /** What an entry of the plugins folder is; empty where it is neither a jar nor a folder. */
  static Optional<Candidate> of(Path entry) throws Refusal {
    Path real = followed(entry);
    if (Files.isDirectory(real)) {
      return Optional.of(new Candidate(entry, real, jarsOfPlugin(real)));
    }
    return isJar(entry, real)
        ? Optional.of(new Candidate(entry, real, List.of(real)))
        : Optional.empty();
  }

  private static List<Path> jarsOfPlugin(Path folder) throws Refusal {
    Set<Path> jars = new LinkedHashSet<>(jarsIn(folder));
    if (Files.isDirectory(folder.resolve(LIBRARIES))) {
      jars.addAll(jarsIn(folder.resolve(LIBRARIES)));
    }
    if (jars.isEmpty()) {
      throw new Refusal(
          "the folder has no jar", "put the connector's jar into it, or remove the folder");
    }
    return List.copyOf(jars);
  }

  private static Set<Path> jarsIn(Path folder) throws Refusal {
    Set<Path> jars = new LinkedHashSet<>();
    for (Path entry : entriesOf(folder)) {
      Path real = followed(entry);
      if (!Files.isDirectory(real) && isJar(entry, real)) {
        jars.add(real);
      }
    }
    return jars;
  }

  private static Path followed(Path entry) throws Refusal {
    try {
      return entry.toRealPath();
    } catch (IOException e) {
      throw new Refusal(
          nameOf(entry) + " leads to no file (" + e.getClass().getSimpleName() + ")",
          "if it is a link, let it point at a jar or a folder, or remove it");
    }
  }

  private static boolean isJar(Path entry, Path real) throws Refusal {
    boolean named = isNamedJar(entry) || isNamedJar(real);
    // To open a pipe would wait for ever.
    if (named && !Files.isRegularFile(real)) {
      throw new Refusal(nameOf(entry) + " is neither a file nor a folder", "remove it");
    }
    return named;
  }

  private static boolean isNamedJar(Path path) {
    return nameOf(path).toLowerCase(Locale.ROOT).endsWith(SUFFIX);
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  String name() {
    return nameOf(path);
  }
}
