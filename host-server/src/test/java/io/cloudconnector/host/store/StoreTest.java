package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Runs each test on each kind of database, a fresh one every time. */
@OnEachDatabase
abstract class StoreTest {
  static final VendorType ACME = new VendorType("acme");
  static final VendorType OTHER = new VendorType("other");
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase parameter;

  TestDatabase kind;
  Path folder;
  Database database;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.kind = Objects.requireNonNull(parameter);
    this.folder = folder;
    this.database = kind.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that overlooks another is done by then; one that waits for it is not. */
  static void waitAWhileFor(Future<?> work) throws Exception {
    try {
      work.get(300, TimeUnit.MILLISECONDS);
    } catch (TimeoutException itWaits) {
      assertThat(work.isDone()).isFalse();
    }
  }
}
