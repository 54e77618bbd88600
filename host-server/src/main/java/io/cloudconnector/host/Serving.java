package io.cloudconnector.host;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host as a service: from its start until the process is told to stop. */
final class Serving {
  private static final Logger log = LoggerFactory.getLogger(Serving.class);

  private Serving() {}

  static int run(Configured configured, Path home, InstantSource clock) {
    configured.warnings().forEach(warning -> log.atWarn().log(warning));
    log.atInfo().log("Plugins:\n{}", configured.plugins().table());
    if (configured.settings().delivery().webhook().isPresent()) {
      log.atWarn()
          .log(
              "delivery.webhook is set, but this version does not send events; read GET /v1/events instead");
    }
    CountDownLatch stopped = new CountDownLatch(1);
    try (Host host = Host.start(configured.settings(), configured.plugins(), home, clock)) {
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform().name("shutdown").unstarted(() -> stop(host, stopped)));
      log.atInfo().log(
          "Ready on {}:{}, known to the world as {}",
          configured.settings().server().host(),
          host.port(),
          configured.settings().server().publicUrl());
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static void stop(Host host, CountDownLatch stopped) {
    log.atInfo().log("Told to stop: taking nothing more in, ending what is under way");
    host.close();
    log.atInfo().log("Stopped; what was not done is in the database and goes on after a start");
    stopped.countDown();
    // A JVM that a signal ends reports the signal; an orderly stop is a success.
    Runtime.getRuntime().halt(0);
  }
}
