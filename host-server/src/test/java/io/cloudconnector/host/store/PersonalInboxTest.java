package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersonalInboxTest extends StoreTest {
  private PersonalInbox personal;
  private InboxStore inbox;
  private TestInbox accepting;

  @BeforeEach
  void make() {
    personal = new PersonalInbox(database);
    inbox = new InboxStore(database);
    accepting = new TestInbox(database);
  }

  private List<HeldChange> held(String user) {
    List<HeldChange> held = new ArrayList<>();
    personal.each(user, held::add);
    return held;
  }

  private long count(String table) {
    return database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }

  @Test
  void whatWaitsAndWhatWasGivenUpIsHeldUntilItIsErased() {
    accepting.accept(List.of(TestEntry.mapped("ann", "1")));
    long dead = accepting.heads(NOW, 9).getFirst().id();
    accepting.change(dead, NOW, (tx, id) -> inbox.bury(tx, id, "gone wrong"));
    for (int i = 0; i < 25; i++) {
      accepting.accept(List.of(TestEntry.mapped("ann", "2")));
    }
    accepting.accept(List.of(TestEntry.mapped("bob", "3")));

    assertThat(held("ann")).hasSize(26).allMatch(change -> change.body() != null);
    assertThat(held("ann")).filteredOn(HeldChange::givenUp).hasSize(1);

    personal.erase("ann", NOW);

    assertThat(held("ann")).isEmpty();
    assertThat(held("bob")).hasSize(1);
    assertThat(count("inbox_line")).as("only bob's line is looked at").isOne();
  }

  @Test
  void moreThanOneTransactionHolds() {
    List<InboxEntry> many = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      many.add(TestEntry.mapped("ann", "s" + i));
    }
    accepting.accept(many);

    personal.erase("ann", NOW);

    assertThat(count("inbox")).isZero();
    assertThat(count("webhook")).isZero();
    assertThat(count("inbox_line")).isZero();
  }

  @Test
  void aBodyThatTellsOfOthersTooIsNotHandedOutAndStaysForThem() {
    accepting.accept(List.of(TestEntry.mapped("ann", "1"), TestEntry.mapped("bob", "2")));
    assertThat(held("ann").getFirst().body()).isNull();

    personal.erase("ann", NOW);
    assertThat(count("webhook")).isOne();

    personal.erase("bob", NOW);
    assertThat(count("webhook")).isZero();
  }

  @Test
  void whatNobodyHasLinkedYetIsErasedByItsAccount() {
    accepting.accept(List.of(TestEntry.unmapped("acc-1", "1"), TestEntry.unmapped("acc-2", "2")));

    personal.eraseUnmapped(ACME, "acc-1", NOW);

    assertThat(accepting.heads(NOW, 9))
        .extracting(row -> row.entry().accountId())
        .containsExactly("acc-2");
  }
}
