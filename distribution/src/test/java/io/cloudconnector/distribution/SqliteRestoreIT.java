package io.cloudconnector.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SqliteRestoreIT extends RestoreTest {
  @Override
  HostProcess backup() {
    return distribution.start(environment, "backup", copy().toString(), "--config=" + config);
  }

  @Override
  String said() {
    return copy() + " is a whole copy";
  }

  private Path copy() {
    return folder.resolve("copy.db");
  }

  @Override
  void restore() throws IOException {
    Path data = distribution.home().resolve("data");
    for (String old : List.of("connector.db", "connector.db-wal", "connector.db-shm")) {
      Files.deleteIfExists(data.resolve(old));
    }
    Files.move(copy(), data.resolve("connector.db"));
  }
}
