package io.cloudconnector.host.limit;

import io.cloudconnector.api.HttpCall;
import io.cloudconnector.api.HttpReply;
import io.cloudconnector.api.LimitReading;
import io.cloudconnector.api.RateLimitConfig;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.core.SimpleHttpReply;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Limits on each kind of database, at a time that the test sets. */
@OnEachDatabase
abstract class LimitTest {
  static final VendorType ACME = new VendorType("acme");
  static final HttpCall CALL = HttpCall.get(URI.create("https://acme.example/x"));
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final RateLimitConfig FIVE_A_MINUTE = RateLimitConfig.of(5, MINUTE);

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase parameter;

  TestDatabase kind;
  Database database;
  Instant now = Instant.parse("2026-11-01T12:00:30Z");
  List<LimitReading> readings = List.of();

  @BeforeEach
  void open(@TempDir Path folder) {
    kind = Objects.requireNonNull(parameter);
    database = kind.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  VendorLimits limits(RateLimitConfig... limits) {
    return limits(1, limits);
  }

  VendorLimits limits(int costliest, RateLimitConfig... limits) {
    return limits(database, costliest, limits);
  }

  VendorLimits limits(Database on, int costliest, RateLimitConfig... limits) {
    return new VendorLimits(on, ACME, List.of(limits), costliest, reply -> readings, () -> now);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  static HttpReply reply(int status, Map<String, String> headers) {
    return SimpleHttpReply.of(status, headers, new byte[0]);
  }

  void call(Reservation reservation) {
    reservation.enter(CALL).answered(reply(200, Map.of()));
  }

  /** Work that needs so many calls, done at once. */
  void work(VendorLimits limits, int calls) {
    try (Reservation reservation = limits.reserve("ann", calls)) {
      for (int i = 0; i < calls; i++) {
        call(reservation);
      }
    }
  }
}
