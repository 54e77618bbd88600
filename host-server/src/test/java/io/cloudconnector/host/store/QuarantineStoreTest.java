package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuarantineStoreTest extends StoreTest {
  private static final NewQuarantine REQUEST =
      new NewQuarantine(
          ACME,
          NOW,
          "POST",
          "https://host.example.com/webhooks/acme",
          Map.of("X-Signature", List.of("sig-one", "sig-two")),
          Bytes.of(new byte[] {0, 1, (byte) 0xff}),
          "no event type");
  private QuarantineStore store;

  @BeforeEach
  void make() {
    store = new QuarantineStore(database);
  }

  @Test
  void keepsTheRequestToTheByte() {
    long id = add();
    assertThat(store.find(id)).contains(new Quarantine(id, REQUEST));
    assertThat(store.find(id + 1)).isEmpty();
  }

  @Test
  void removesOnce() {
    long id = add();
    assertThat(remove(id)).isTrue();
    assertThat(remove(id)).isFalse();
    assertThat(store.count()).isZero();
  }

  @Test
  void listsTheOldestFirst() {
    long first = add();
    long second = add();
    assertThat(store.list(QuarantineKind.ALL, 0, 10))
        .extracting(Quarantine::id)
        .containsExactly(first, second);
    assertThat(store.list(QuarantineKind.ALL, 0, 1))
        .extracting(Quarantine::id)
        .containsExactly(first);
    assertThat(store.count()).isEqualTo(2);
  }

  @Test
  void listsOnlyOneKind() {
    long id = add();
    QuarantineKind other = new QuarantineKind(Optional.of(OTHER), Optional.empty());
    QuarantineKind same = new QuarantineKind(Optional.of(ACME), Optional.of("no event type"));
    assertThat(store.list(other, 0, 10)).isEmpty();
    assertThat(store.list(same, 0, 10)).extracting(Quarantine::id).containsExactly(id);
    assertThat(store.newest()).isEqualTo(id);
  }

  @Test
  void neverGivesAnIdOutTwice() {
    long first = add();
    remove(first);
    assertThat(add()).isGreaterThan(first);
  }

  @Test
  void printsNeitherHeadersNorBody() {
    assertThat(new Quarantine(1, REQUEST).toString()).contains("3 bytes").doesNotContain("sig-one");
  }

  private long add() {
    return database.write(tx -> store.add(tx, REQUEST));
  }

  private boolean remove(long id) {
    return database.write(tx -> store.remove(tx, id));
  }
}
