package io.cloudconnector.host;

import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host as a service: from its start until the process is told to stop. */
final class Serving {
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  private Serving() {}

  static int run(Configured configured, Path home, InstantSource clock) {
    configured.warnings().forEach(warning -> log.atWarn().log(warning));
    configured.plugins().table().lines().forEach(line -> log.atInfo().log(line));
    try (StopSignal stop = new StopSignal()) {
      try (Host host = Host.start(configured.settings(), configured.plugins(), home, clock)) {
        log.atInfo().log(
            "Ready on {}:{}, known to the world as {}",
            configured.settings().server().host(),
            host.port(),
            configured.settings().server().publicUrl());
        stop.await();
        log.atInfo().log("Told to stop: taking nothing more in, ending what is under way");
      }
      log.atInfo().log("Stopped; what was not done is in the database and goes on after a start");
    }
    return 0;
  }
}
