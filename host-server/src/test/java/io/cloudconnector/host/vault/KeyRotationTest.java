package io.cloudconnector.host.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.SettableClock;
import io.cloudconnector.host.store.Action;
import io.cloudconnector.host.store.Actor;
import io.cloudconnector.host.store.AuditLog;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.ConnectionStore;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.FlowRow;
import io.cloudconnector.host.store.KeyRotationRow;
import io.cloudconnector.host.store.LinkRow;
import io.cloudconnector.host.store.LinkStore;
import io.cloudconnector.host.store.NewConnection;
import io.cloudconnector.host.store.NewRevocation;
import io.cloudconnector.host.store.OnEachDatabase;
import io.cloudconnector.host.store.RevocationStore;
import io.cloudconnector.host.store.SealedFor;
import io.cloudconnector.host.store.SealedValue;
import io.cloudconnector.host.store.SealedValues;
import io.cloudconnector.host.store.StateStore;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Everything is sealed anew while others go on using it. */
@OnEachDatabase
class KeyRotationTest {
  private static final VendorType ACME = new VendorType("acme");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  /** Set by JUnit. */
  @Parameter @Nullable TestDatabase kind;

  private final EncryptionKey old = EncryptionKey.generate();
  private final EncryptionKey next = EncryptionKey.generate();
  private final Vault before = new Vault(List.of(old));
  private final Vault both = new Vault(List.of(next, old));
  private final Vault after = new Vault(List.of(next));
  private final SettableClock clock = new SettableClock();
  private Database database;
  private SealedValues values;
  private StateStore states;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = Objects.requireNonNull(kind).open(folder);
    values = new SealedValues(database);
    states = new StateStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private KeyRotation rotation() {
    return new KeyRotation(database, both, new AuditLog(database, clock), clock);
  }

  private KeyRotationRow newest() {
    return rotation().newest().orElseThrow();
  }

  private Bytes seal(Vault vault, String text, String boundTo) {
    return Bytes.of(vault.seal(text.getBytes(StandardCharsets.UTF_8), boundTo));
  }

  private void state(Vault vault, String name, String text) {
    states.write(ACME, name, seal(vault, text, SealedFor.state("acme", name)), NOW);
  }

  /** Readable with the new key alone. */
  private String stateUnderTheNewKey(String name) {
    byte[] sealed = states.read(ACME, name).orElseThrow().toArray();
    return new String(after.open(sealed, SealedFor.state("acme", name)), StandardCharsets.UTF_8);
  }

  private Bytes credentials(String user, long generation) {
    return seal(before, "tokens of " + user, SealedFor.grant("acme", user, generation));
  }

  private void fillEveryPlace() {
    Bytes ann = credentials("ann", 1);
    database.execute(
        tx ->
            new ConnectionStore(database)
                .link(
                    tx,
                    new NewConnection(
                        ACME, "ann", 1, Set.of("a"), Set.of(), ann, NOW, null, null)));
    Bytes bob = credentials("bob", 4);
    database.execute(
        tx ->
            new RevocationStore(database)
                .add(tx, new NewRevocation(ACME, "bob", 4, Set.of("b"), Set.of(), bob, NOW, NOW)));
    LinkStore links = new LinkStore(database);
    links.create(new LinkRow("t", ACME, "eve", null, Map.of(), NOW, NOW.plusSeconds(9), null));
    Bytes walk = seal(before, "verifier", SealedFor.walk("s"));
    links.startFlow(new FlowRow("s", "t", "b", walk, NOW, NOW.plusSeconds(9)));
    state(before, "one", "1");
  }

  @Test
  void everyPlaceIsSealedAnewAndOpensWithTheNewKeyAlone() {
    fillEveryPlace();
    assertThat(values.counts()).containsExactlyEntriesOf(Map.of(old.id(), 4L));

    assertThat(rotation().start(Actor.key("ops"))).isTrue();
    rotation().runDue();

    assertThat(values.counts()).containsExactlyEntriesOf(Map.of(next.id(), 4L));
    assertThat(rotation().counts()).containsEntry(old.id(), 0L).containsEntry(next.id(), 4L);
    assertThat(newest().endedAt()).isNotNull();
    assertThat(newest().resealed()).isEqualTo(4);
    assertThat(newest().unreadable()).isZero();
    assertThat(all()).hasSize(4);
    all().forEach(value -> after.open(value.sealed().toArray(), value.boundTo()));
    assertThat(new AuditLog(database, clock).list(Optional.empty(), Optional.empty(), 0, 9))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.deed().action()).isEqualTo(Action.KEY_ROTATION_STARTED);
              assertThat(entry.deed().by()).isEqualTo(Actor.key("ops"));
              assertThat(entry.deed().detail()).containsEntry("key", next.id());
            });
  }

  private List<SealedValue> all() {
    List<SealedValue> all = new ArrayList<>();
    List<SealedValue> page = values.notUnder(old.id(), Optional.empty(), 1);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = values.notUnder(old.id(), Optional.of(page.getLast()), 1);
    }
    return all;
  }

  @Test
  void theGrantKeepsItsVersionSoThatARefreshUnderWayCanStillSave() {
    fillEveryPlace();
    rotation().start(Actor.HOST);
    rotation().runDue();

    boolean saved =
        database.write(
            tx ->
                new ConnectionStore(database)
                    .saveCredentials(
                        tx, ACME, "ann", 1, 1, credentials("ann", 1), null, null, null, NOW));

    assertThat(saved).isTrue();
  }

  @Test
  void aValueThatWasReplacedMeanwhileIsNotOverwritten() {
    state(before, "one", "old");
    SealedValue read = values.notUnder(next.id(), Optional.empty(), 1).getFirst();
    state(before, "one", "newer");

    Bytes late = seal(both, "old", read.boundTo());
    assertThat(database.<Boolean>write(tx -> values.replace(tx, read, late))).isFalse();

    rotation().start(Actor.HOST);
    rotation().runDue();
    assertThat(stateUnderTheNewKey("one")).isEqualTo("newer");
  }

  @Test
  void aSecondRequestJoinsTheOneUnderWay() {
    state(before, "one", "1");

    assertThat(rotation().start(Actor.HOST)).isTrue();
    assertThat(rotation().start(Actor.HOST)).isFalse();
    rotation().runDue();

    assertThat(rotation().start(Actor.HOST)).isTrue();
    rotation().runDue();
    assertThat(newest().resealed()).isZero();
  }

  @Test
  void whatWasBrokenOffGoesOnWhereItStopped() throws InterruptedException {
    fill(250);
    rotation().start(Actor.HOST);
    Thread broken =
        Thread.ofPlatform()
            .start(
                () -> {
                  Thread.currentThread().interrupt();
                  rotation().runDue();
                });
    broken.join();
    assertThat(newest().endedAt()).isNull();

    rotation().runDue();

    assertThat(values.counts()).containsExactlyEntriesOf(Map.of(next.id(), 250L));
    assertThat(newest().endedAt()).isNotNull();
  }

  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      state(before, "name-" + i, "value " + i);
    }
  }

  @Test
  void severalHostsAndTheirConnectorsAtOnceLoseNothing() throws InterruptedException {
    fill(150);
    rotation().start(Actor.HOST);
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(Thread.ofPlatform().start(() -> rotation().runDue()));
    }
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; !over.get() || i < 150; i++) {
                    state(both, "name-" + i % 150, "changed");
                  }
                });
    for (Thread thread : threads) {
      thread.join();
    }
    over.set(true);
    writer.join();

    assertThat(values.counts()).containsExactlyEntriesOf(Map.of(next.id(), 150L));
    assertThat(newest().resealed()).isLessThanOrEqualTo(150);
    for (int i = 0; i < 150; i++) {
      assertThat(stateUnderTheNewKey("name-" + i)).isEqualTo("changed");
    }
  }

  @Test
  void whatCannotBeOpenedIsLeftCountedAndNamed() {
    state(before, "good", "1");
    states.write(ACME, "moved", seal(before, "2", SealedFor.state("acme", "elsewhere")), NOW);

    rotation().start(Actor.HOST);
    rotation().runDue();

    assertThat(newest().unreadable()).isOne();
    assertThat(newest().resealed()).isOne();
    assertThat(values.counts()).containsEntry(old.id(), 1L).containsEntry(next.id(), 1L);
  }

  @Test
  void aHostWhoseFirstKeyIsAnotherLeavesItToThoseThatHaveIt() {
    state(before, "one", "1");
    rotation().start(Actor.HOST);

    Vault elsewhere = new Vault(List.of(old, next));
    new KeyRotation(database, elsewhere, new AuditLog(database, clock), clock).runDue();

    assertThat(newest().endedAt()).isNull();
    assertThat(values.keyIds()).containsExactly(old.id());
  }
}
