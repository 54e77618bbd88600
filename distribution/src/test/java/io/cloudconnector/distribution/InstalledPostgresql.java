package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server of the machine's own PostgreSQL, and its other programs, which the embedded one lacks.
 * Skips the test aloud where there is none.
 */
final class InstalledPostgresql implements AutoCloseable {
  /** The role that hosts have. */
  static final String HOSTS = "connector";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path folder;
  private final int port;
  private int outputs;

  private InstalledPostgresql(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  static InstalledPostgresql started(Path folder) throws IOException {
    Path programs = newest();
    SystemTest.program(programs + "/initdb", "restore a backup of PostgreSQL");
    InstalledPostgresql server = new InstalledPostgresql(programs, folder, SystemTest.freePort());
    String data = server.data();
    server.run("initdb", "--pgdata=" + data, "--username=postgres", "--auth=trust");
    String options = "-h 127.0.0.1 -k '' -p " + server.port;
    server.run("pg_ctl", "start", "-w", "-D", data, "-l", folder + "/log", "-o", options);
    server.run("psql", server.uri("postgres"), "-c", "CREATE ROLE " + HOSTS + " LOGIN");
    return server;
  }

  /** Of those with a server: clients may be there alone. */
  private static Path newest() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      return VERSIONS;
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(programs -> Files.isExecutable(programs.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElse(VERSIONS);
    }
  }

  private String data() {
    return folder.resolve("cluster").toString();
  }

  /** Members of the configuration's {@code database}, for a new one. */
  Map<String, Object> newDatabase(String name) {
    run("createdb", "--maintenance-db=" + uri("postgres"), "--owner=" + HOSTS, name);
    return Map.of("url", "jdbc:postgresql://127.0.0.1:" + port + "/" + name, "username", HOSTS);
  }

  /** As PostgreSQL's own programs have it. */
  String uri(String database) {
    return "postgresql://postgres@127.0.0.1:" + port + "/" + database;
  }

  HostProcess start(String program, String... arguments) {
    List<String> command = new ArrayList<>(asNobody());
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    outputs++;
    return HostProcess.start(command, Map.of(), folder, program + "-" + outputs);
  }

  /** The server refuses to be run by root. */
  private static List<String> asNobody() {
    return System.getProperty("user.name").equals("root") ? List.of("unshare", "-U") : List.of();
  }

  void run(String program, String... arguments) {
    HostProcess process = start(program, arguments);
    assertThat(process.status()).as(program + ": " + process.err() + process.out()).isZero();
  }

  @Override
  public void close() {
    run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data());
  }
}
