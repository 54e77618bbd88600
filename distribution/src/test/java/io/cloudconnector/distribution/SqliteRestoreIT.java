package io.cloudconnector.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SqliteRestoreIT extends RestoreTest {
  private HostProcess backup;

  @Override
  HostProcess backup() {
    backup = distribution.start(environment, "backup", copy().toString(), "--config=" + config);
    return backup;
  }

  private Path copy() {
    return folder.resolve("copy.db");
  }

  @Override
  void restore() throws IOException {
    assertThat(backup.out()).contains(copy().toString(), "is a whole copy");
    assertThat(backup.err()).isEmpty();
    Path data = distribution.home().resolve("data");
    for (String old : List.of("connector.db", "connector.db-wal", "connector.db-shm")) {
      Files.deleteIfExists(data.resolve(old));
    }
    Files.move(copy(), data.resolve("connector.db"));
  }
}
