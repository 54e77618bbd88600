package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkStoreTest extends StoreTest {
  private static final Instant EXPIRY = NOW.plus(Duration.ofMinutes(15));
  private LinkStore store;

  @BeforeEach
  void make() {
    store = new LinkStore(database);
    store.create(link("t1"));
  }

  @Test
  void spendsALinkOnce() {
    assertThat(spend("t1", NOW)).isTrue();
    assertThat(spend("t1", NOW)).isFalse();
    assertThat(store.find("t1").orElseThrow().spentAt()).isEqualTo(NOW);
  }

  @Test
  void refusesToSpendAnExpiredOrUnknownLink() {
    assertThat(spend("t1", EXPIRY)).isFalse();
    assertThat(spend("t2", NOW)).isFalse();
  }

  @Test
  void refusesAFlowWithoutALink() {
    assertThatThrownBy(() -> store.startFlow(flow("s", "unknown", EXPIRY)))
        .isInstanceOf(DatabaseException.class);
  }

  @Test
  void hidesAnExpiredFlow() {
    store.startFlow(flow("s1", "t1", EXPIRY));
    assertThat(consume("s1", EXPIRY)).isEmpty();
  }

  @Test
  void handsAFlowToOneOfManySimultaneousCallers() throws Exception {
    store.startFlow(flow("s1", "t1", EXPIRY));
    List<Future<Optional<FlowRow>>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        calls.add(threads.submit(() -> consume("s1", NOW)));
      }
    }
    List<FlowRow> taken = new ArrayList<>();
    for (Future<Optional<FlowRow>> call : calls) {
      call.get().ifPresent(taken::add);
    }
    assertThat(taken).containsExactly(flow("s1", "t1", EXPIRY));
  }

  @Test
  void allowsSeveralFlowsOfOneLink() {
    store.startFlow(flow("s1", "t1", EXPIRY));
    store.startFlow(flow("s2", "t1", EXPIRY));
    assertThat(consume("s2", NOW)).isPresent();
    assertThat(consume("s1", NOW)).isPresent();
  }

  @Test
  void findsWhatWasCreated() {
    assertThat(store.find("t1")).contains(link("t1"));
    assertThat(store.find("t2")).isEmpty();
  }

  @Test
  void purgesExpiredLinksUnlessAFlowStillNeedsThem() {
    store.create(link("t2"));
    store.startFlow(flow("s1", "t1", EXPIRY.plusSeconds(60)));
    store.startFlow(flow("s2", "t2", EXPIRY));
    assertThat(store.purge(EXPIRY.minusMillis(1))).isZero();
    assertThat(store.purge(EXPIRY)).isOne();
    assertThat(store.find("t1")).isPresent();
    assertThat(store.find("t2")).isEmpty();
    assertThat(store.purge(EXPIRY.plusSeconds(60))).isOne();
    assertThat(consume("s1", NOW)).isEmpty();
  }

  private static LinkRow link(String token) {
    return new LinkRow(
        token,
        ACME,
        "ann",
        "https://app.example.com/done",
        Map.of("region", "eu"),
        NOW,
        EXPIRY,
        null);
  }

  private static FlowRow flow(String state, String token, Instant expiresAt) {
    return new FlowRow(state, token, "browser", bytes("verifier"), NOW, expiresAt);
  }

  private boolean spend(String token, Instant now) {
    return database.write(tx -> store.spend(tx, token, now));
  }

  private Optional<FlowRow> consume(String state, Instant now) {
    return database.write(tx -> store.consumeFlow(tx, state, now));
  }
}
