package io.cloudconnector.host.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What might be a plugin: a jar, or a folder with jars at its top and in its {@code lib}.
 *
 * @param jars those at the top, of which one must announce the connectors
 * @param libraries those in {@code lib}
 */
record Candidate(Path path, List<Path> jars, List<Path> libraries) {
  private static final String SUFFIX = ".jar";

  Candidate {
    jars = List.copyOf(jars);
    libraries = List.copyOf(libraries);
  }

  /** Those of a plugins folder, by name; hidden entries and other files are none. */
  static List<Candidate> in(Path directory) throws IOException {
    List<Candidate> candidates = new ArrayList<>();
    for (Path entry : entries(directory)) {
      if (Files.isDirectory(entry)) {
        candidates.add(new Candidate(entry, jarsIn(entry), jarsIn(entry.resolve("lib"))));
      } else if (isJar(entry)) {
        candidates.add(new Candidate(entry, List.of(entry), List.of()));
      }
    }
    return candidates;
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    return Files.isDirectory(folder)
        ? entries(folder).stream().filter(Candidate::isJar).toList()
        : List.of();
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> !nameOf(entry).startsWith(".")).sorted().toList();
    }
  }

  private static boolean isJar(Path file) {
    return nameOf(file).toLowerCase(Locale.ROOT).endsWith(SUFFIX) && !Files.isDirectory(file);
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }

  List<Path> allJars() {
    return Stream.concat(jars.stream(), libraries.stream()).toList();
  }

  String name() {
    return nameOf(path);
  }
}
