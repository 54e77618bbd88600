package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.VendorType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionStoreTest extends StoreTest {
  private static final Bytes RENEWED = bytes("renewed");
  private ConnectionStore store;

  @BeforeEach
  void make() {
    store = new ConnectionStore(database);
  }

  @Test
  void keepsAConnectionWithoutAnAccount() {
    store(connection("ann", 1, Set.of()));
    assertThat(found("ann").accountIds()).isEmpty();
  }

  @Test
  void refusesAGenerationThatIsNotTheNext() {
    link("ann", "a1");
    assertThatThrownBy(() -> store(connection("ann", 1, Set.of("a1"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not the next, 2");
  }

  @Test
  void refusesToSaveForARetiredGeneration() {
    link("ann", "a1");
    StoredConnection second = link("ann", "a1");
    assertThat(save(1, second.credentialsVersion())).isFalse();
    assertThat(found("ann").credentials()).isEqualTo(bytes("sealed 2"));
  }

  @Test
  void refusesToSaveOverSomebodyElsesSave() {
    long version = link("ann", "a1").credentialsVersion();
    assertThat(save(1, version)).isTrue();
    assertThat(save(1, version)).isFalse();
    assertThat(found("ann").credentials()).isEqualTo(RENEWED);
    assertThat(found("ann").accessUntil()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void refusesToSaveForARevokedConnection() {
    long version = link("ann", "a1").credentialsVersion();
    revoke("ann");
    assertThat(save(1, version)).isFalse();
    assertThat(save(1, found("ann").credentialsVersion())).isFalse();
    assertThat(found("ann").credentials()).isNull();
  }

  @Test
  void refusesToDeclareANewerGrantDead() {
    link("ann", "a1");
    link("ann", "a1");
    assertThat(declareDead(1)).isFalse();
    assertThat(found("ann").status()).isEqualTo(ConnectionStatus.ACTIVE);
  }

  @Test
  void declaresAGrantDeadOnce() {
    link("ann", "a1");
    assertThat(declareDead(1)).isTrue();
    assertThat(declareDead(1)).isFalse();
    assertThat(found("ann").status()).isEqualTo(ConnectionStatus.REAUTHORIZATION_REQUIRED);
  }

  @Test
  void erasesCredentialsWhenRevokedButRemembersTheAccounts() {
    link("ann", "a1");
    assertThat(revoke("ann")).isTrue();
    assertThat(revoke("ann")).isFalse();
    assertThat(revoke("nobody")).isFalse();
    StoredConnection ended = found("ann");
    assertThat(ended.status()).isEqualTo(ConnectionStatus.REVOKED);
    assertThat(ended.credentials()).isNull();
    assertThat(ended.accountIds()).containsExactly("a1");
  }

  @Test
  void countsGenerationsOnAfterARevocation() {
    link("ann", "a1");
    revoke("ann");
    StoredConnection again = link("ann", "a2", "a3");
    assertThat(again.generation()).isEqualTo(2);
    assertThat(again.status()).isEqualTo(ConnectionStatus.ACTIVE);
    assertThat(again.accountIds()).containsExactlyInAnyOrder("a2", "a3");
    assertThat(again.credentialsVersion()).isGreaterThan(2);
  }

  @Test
  void findsWhatWasLinked() {
    link("ann", "a1", "a2");
    StoredConnection expected =
        new StoredConnection(
            ACME,
            "ann",
            1,
            ConnectionStatus.ACTIVE,
            Set.of("a1", "a2"),
            Set.of("read:sleep", "offline"),
            bytes("sealed 1"),
            1,
            NOW,
            null,
            NOW.plusSeconds(3600),
            null);
    assertThat(store.find(ACME, "ann")).contains(expected);
    Optional<StoredConnection> inside = database.write(tx -> store.find(tx, ACME, "ann"));
    assertThat(inside).contains(expected);
    assertThat(store.find(OTHER, "ann")).isEmpty();
  }

  @Test
  void listsByUserAndVendor() {
    link("ann", "a1", "a2");
    link("bob", "b1");
    database.execute(
        tx ->
            store.link(
                tx,
                new NewConnection(
                    OTHER, "ann", 1, Set.of("x"), Set.of(), RENEWED, NOW, null, null)));
    assertThat(names(store.list(Optional.empty(), Optional.empty())))
        .containsExactly("acme/ann", "acme/bob", "other/ann");
    assertThat(names(store.list(Optional.of("ann"), Optional.empty())))
        .containsExactly("acme/ann", "other/ann");
    assertThat(names(store.list(Optional.empty(), Optional.of(ACME))))
        .containsExactly("acme/ann", "acme/bob");
    assertThat(names(store.list(Optional.of("bob"), Optional.of(OTHER)))).isEmpty();
  }

  @Test
  void namesAllUsersOfAnAccountUnlessRevoked() {
    link("bob", "shared");
    link("ann", "shared", "a1");
    link("eve", "shared");
    revoke("eve");
    assertThat(usersOf(ACME, "shared")).containsExactly("ann", "bob");
    assertThat(usersOf(ACME, "a1")).containsExactly("ann");
    assertThat(usersOf(OTHER, "shared")).isEmpty();
  }

  @Test
  void ofTwoWhoEndAtTheSameTimeTheLaterHasTheAccountAlone() throws Exception {
    StoredConnection ann = link("ann", "shared");
    StoredConnection bob = link("bob", "shared");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> first =
          threads.submit(
              () ->
                  database.write(
                      tx -> {
                        store.revoke(tx, ACME, "ann");
                        boolean shared = store.isShared(tx, ann);
                        asked.countDown();
                        await(goOn);
                        return shared;
                      }));
      await(asked);
      Future<Boolean> second =
          threads.submit(
              () ->
                  database.write(
                      tx -> {
                        store.revoke(tx, ACME, "bob");
                        return store.isShared(tx, bob);
                      }));
      waitAWhileFor(second);
      goOn.countDown();

      assertThat(first.get()).isTrue();
      assertThat(second.get()).isFalse();
    }
  }

  /** Else the new grant would be judged by the accounts of the old one. */
  @Test
  void whoWaitsForALinkFindsItsAccountsWithItsGrant() throws Exception {
    link("ann", "left");
    CountDownLatch linked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> linking =
          threads.submit(
              () ->
                  database.execute(
                      tx -> {
                        link(tx, "ann", "new");
                        linked.countDown();
                        await(goOn);
                      }));
      await(linked);
      Future<StoredConnection> found =
          threads.submit(() -> database.write(tx -> store.find(tx, ACME, "ann").orElseThrow()));
      waitAWhileFor(found);
      goOn.countDown();
      linking.get();

      assertThat(found.get().generation()).isEqualTo(2);
      assertThat(found.get().accountIds()).containsExactly("new");
    }
  }

  @Test
  void remembersTheLatestPullOfTheGrantThatThereIs() {
    long generation = link("ann", "a1").generation();
    assertThat(pulled(generation, NOW)).isTrue();
    assertThat(pulled(generation, NOW.minus(Duration.ofHours(1)))).isTrue();
    assertThat(pulled(generation - 1, NOW.plusSeconds(1))).isFalse();
    assertThat(found("ann").lastPullAt()).isEqualTo(NOW);
    revoke("ann");
    assertThat(pulled(generation, NOW)).isFalse();
    boolean under = database.write(tx -> store.isUnder(tx, ACME, "ann", generation));
    assertThat(under).isFalse();
  }

  private boolean pulled(long generation, Instant at) {
    return database.write(tx -> store.pulled(tx, ACME, "ann", generation, at));
  }

  @Test
  void givesEachOfManySimultaneousLinksAGenerationOfItsOwn() throws Exception {
    List<Future<Long>> links = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        links.add(threads.submit(() -> link("ann", "a1").generation()));
      }
    }
    List<Long> generations = new ArrayList<>();
    for (Future<Long> link : links) {
      generations.add(link.get());
    }
    assertThat(generations).doesNotHaveDuplicates().hasSize(20).contains(1L, 20L);
  }

  private StoredConnection link(String user, String... accounts) {
    return database.write(tx -> link(tx, user, accounts));
  }

  private StoredConnection link(Handle tx, String user, String... accounts) {
    long generation = store.nextGeneration(tx, ACME, user);
    return store.link(tx, connection(user, generation, Set.of(accounts)));
  }

  private void store(NewConnection connection) {
    database.execute(tx -> store.link(tx, connection));
  }

  private static NewConnection connection(String user, long generation, Set<String> accounts) {
    return new NewConnection(
        ACME,
        user,
        generation,
        accounts,
        Set.of("read:sleep", "offline"),
        bytes("sealed " + generation),
        NOW,
        NOW.plusSeconds(3600),
        null);
  }

  private boolean save(long generation, long version) {
    Instant until = NOW.plusSeconds(60);
    return database.write(
        tx ->
            store.saveCredentials(
                tx, ACME, "ann", generation, version, RENEWED, until, null, null, NOW));
  }

  private boolean declareDead(long generation) {
    return database.write(
        tx ->
            store.requireReauthorization(
                tx, ACME, "ann", generation, found("ann").credentialsVersion()));
  }

  private boolean revoke(String user) {
    return database.write(tx -> store.revoke(tx, ACME, user));
  }

  private List<String> usersOf(VendorType vendor, String account) {
    return database.write(tx -> store.usersOf(tx, vendor, account));
  }

  private StoredConnection found(String user) {
    return store.find(ACME, user).orElseThrow();
  }

  private static List<String> names(List<StoredConnection> connections) {
    return connections.stream().map(each -> each.vendor() + "/" + each.userId()).toList();
  }
}
