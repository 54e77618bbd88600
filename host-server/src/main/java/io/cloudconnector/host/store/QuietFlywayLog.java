package io.cloudconnector.host.store;

import org.flywaydb.core.api.logging.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets Flyway speak at DEBUG only: what matters of it we say ourselves, in one line. */
final class QuietFlywayLog implements Log {
  private final Logger log;

  QuietFlywayLog(Class<?> speaker) {
    this.log = LoggerFactory.getLogger(speaker);
  }

  @Override
  public void debug(String message) {
    log.debug(message);
  }

  @Override
  public void info(String message) {
    log.debug(message);
  }

  @Override
  public void warn(String message) {
    log.debug(message);
  }

  @Override
  public void error(String message) {
    log.debug(message);
  }

  @Override
  public void error(String message, Exception cause) {
    log.debug(message, cause);
  }

  @Override
  public void notice(String message) {
    log.debug(message);
  }
}
