package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLetterStoreTest extends StoreTest {
  private static final String REFUSED = "vendor answered 400";
  private InboxStore rows;
  private TestInbox inbox;
  private DeadLetterStore store;

  @BeforeEach
  void make() {
    rows = new InboxStore(database);
    inbox = new TestInbox(database);
    store = new DeadLetterStore(database);
  }

  @Test
  void keepsWhatAnOperatorAsksFor() {
    long id = bury("ann", "7");
    DeadLetter letter =
        new DeadLetter(
            id,
            ACME,
            "ann",
            "account of ann",
            "sleep.updated",
            "sleep",
            "7",
            "trace-7",
            NOW,
            1,
            REFUSED);
    assertThat(store.find(id)).contains(letter);
    assertThat(store.list(DeadLetterKind.ALL, 0, 10)).containsExactly(letter);
    assertThat(store.find(id + 1)).isEmpty();
  }

  @Test
  void whatWaitsIsNoDeadLetter() {
    accept("ann", "7");
    long id = heads().getFirst().id();
    assertThat(store.find(id)).isEmpty();
    assertThat(replay(id)).isFalse();
    assertThat(discard(id)).isFalse();
    assertThat(store.replay(DeadLetterKind.ALL, NOW)).isZero();
  }

  @Test
  void replaysOnceAndInTheOldPosition() {
    long id = bury("ann", "7");
    accept("ann", "8");
    assertThat(heads().getFirst().id()).isNotEqualTo(id);
    assertThat(replay(id)).isTrue();
    assertThat(replay(id)).isFalse();
    assertThat(heads()).extracting(InboxRow::id).containsExactly(id);
    assertThat(heads().getFirst().attempts()).isZero();
  }

  @Test
  void discardsOnce() {
    long id = bury("ann", "7");
    assertThat(discard(id)).isTrue();
    assertThat(discard(id)).isFalse();
    assertThat(store.list(DeadLetterKind.ALL, 0, 10)).isEmpty();
  }

  @Test
  void listsPageByPageAndByKind() {
    long ann = bury("ann", "7");
    long bob = bury("bob", "8");
    assertThat(ids(DeadLetterKind.ALL, 0, 1)).containsExactly(ann);
    assertThat(ids(DeadLetterKind.ALL, ann, 10)).containsExactly(bob);
    assertThat(ids(kind(ACME, "sleep", "bob", REFUSED), 0, 10)).containsExactly(bob);
    assertThat(ids(kind(OTHER, "sleep", "bob", REFUSED), 0, 10)).isEmpty();
    assertThat(ids(kind(ACME, "run", "bob", REFUSED), 0, 10)).isEmpty();
    assertThat(ids(kind(ACME, "sleep", "bob", "another reason"), 0, 10)).isEmpty();
  }

  @Test
  void replaysAllOfAKindHoweverMany() {
    List<InboxEntry> many = new ArrayList<>();
    IntStream.range(0, 1203).forEach(i -> many.add(TestEntry.mapped("user " + i, "7")));
    inbox.accept(many);
    database.execute(
        tx -> {
          tx.execute("UPDATE inbox SET state = 'DEAD', last_error = ?", REFUSED);
          tx.execute("DELETE FROM inbox_line");
        });
    long left = bury("ann", "9", "another reason");
    DeadLetterKind refused =
        new DeadLetterKind(
            Optional.of(ACME), Optional.empty(), Optional.empty(), Optional.of(REFUSED));

    assertThat(store.replay(refused, NOW)).isEqualTo(1203);

    assertThat(ids(DeadLetterKind.ALL, 0, 10)).containsExactly(left);
    assertThat(rows.count(InboxState.WAITING)).isEqualTo(1203);
    assertThat(inbox.heads(NOW, 5)).as("their lines are looked at").hasSize(5);
  }

  private static DeadLetterKind kind(
      VendorType vendor, String resourceType, String user, String why) {
    return new DeadLetterKind(
        Optional.of(vendor), Optional.of(resourceType), Optional.of(user), Optional.of(why));
  }

  private List<Long> ids(DeadLetterKind kind, long after, int limit) {
    return store.list(kind, after, limit).stream().map(DeadLetter::id).toList();
  }

  private void accept(String user, String sleepId) {
    inbox.accept(List.of(TestEntry.mapped(user, sleepId)));
  }

  private List<InboxRow> heads() {
    return inbox.heads(NOW, 10);
  }

  private long bury(String user, String sleepId) {
    return bury(user, sleepId, REFUSED);
  }

  private long bury(String user, String sleepId, String why) {
    accept(user, sleepId);
    long id =
        inbox.heads(NOW, 10).stream()
            .filter(row -> user.equals(row.entry().userId()))
            .findFirst()
            .orElseThrow()
            .id();
    inbox.change(id, NOW, (tx, row) -> rows.bury(tx, row, why));
    return id;
  }

  private boolean replay(long id) {
    return database.write(tx -> store.replay(tx, id, NOW));
  }

  private boolean discard(long id) {
    return database.write(tx -> store.discard(tx, id));
  }
}
