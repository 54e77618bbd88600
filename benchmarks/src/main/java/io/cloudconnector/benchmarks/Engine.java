package io.cloudconnector.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A database engine to measure on. */
interface Engine extends AutoCloseable {
  String name();

  /** What is said of it in the report: version and what makes its commits durable. */
  String settings();

  /** The JDBC URL of a new and empty database. */
  String newDatabase(Path folder, String name) throws IOException;

  /** Processor time that the engine took outside the host's process so far. */
  Duration cpu();

  @Override
  void close() throws IOException;
}
