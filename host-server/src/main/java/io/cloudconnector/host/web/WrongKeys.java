package io.cloudconnector.host.web;

import io.cloudconnector.host.observe.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts off whoever keeps trying wrong keys. A right key passes at any time: keys are long, so that
 * guessing is hopeless at any speed, and to refuse the right one would let anybody behind the same
 * proxy lock the operator out. Thread-safe.
 */
final class WrongKeys {
  static final int FREE = 20;
  static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Logger log = LoggerFactory.getLogger(WrongKeys.class);
  private static final int SOURCES = 10_000;

  private final SourceCounts counts;
  private final Metrics metrics;

  WrongKeys(Metrics metrics, InstantSource clock) {
    this.counts = new SourceCounts(WINDOW, SOURCES, clock);
    this.metrics = metrics;
  }

  /** What a wrong key is answered: 401, and after too many of them 429 until the window ends. */
  ProblemException from(Source source) {
    SourceCounts.Count count = counts.add(source);
    boolean putOff = count.number() > FREE;
    metrics.wrongKey(putOff);
    if (!putOff) {
      return ProblemException.unauthorized();
    }
    if (count.number() == FREE + 1) {
      log.atWarn()
          .addKeyValue("source", source)
          .log(
              "More than {} wrong API keys within {} minutes; more of them are answered 429 for"
                  + " {} s, a right key still passes",
              FREE,
              WINDOW.toMinutes(),
              ProblemException.seconds(count.left()));
    }
    return new ProblemException(
        429,
        "too-many-wrong-keys",
        "too many wrong keys came from your address; a right one is taken at any time",
        Optional.of(count.left()));
  }
}
