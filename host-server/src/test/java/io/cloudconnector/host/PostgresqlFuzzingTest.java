package io.cloudconnector.host;

import io.cloudconnector.host.store.TestDatabase;
import java.io.IOException;
import java.util.Objects;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

final class PostgresqlFuzzingTest extends Fuzzing {
  private static @Nullable Target target;

  @BeforeContainer
  static void start() {
    target = new Target(TestDatabase.POSTGRESQL);
  }

  @AfterContainer
  static void stop() throws IOException {
    Objects.requireNonNull(target).close();
  }

  @Override
  Target target() {
    return Objects.requireNonNull(target);
  }
}
