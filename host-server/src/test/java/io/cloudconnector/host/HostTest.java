package io.cloudconnector.host;

import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Runs each test against a host of its own, on each kind of database. */
@OnEachDatabase
abstract class HostTest {
  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase parameter;

  TestDatabase kind;
  RunningHost host;
  Api api;
  AcmeCloud acme;

  @BeforeEach
  void start(@TempDir Path folder) {
    kind = Objects.requireNonNull(parameter);
    host = new RunningHost(kind, folder);
    api = host.api();
    acme = host.acme;
  }

  /** Starts it anew with these settings of Acme, and whatever follows them. */
  final void restart(String settings) {
    host.restart(settings);
    api = host.api();
  }

  @AfterEach
  void stop() {
    host.close();
  }
}
