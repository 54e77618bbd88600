package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationStoreTest extends StoreTest {
  private RevocationStore store;

  @BeforeEach
  void make() {
    store = new RevocationStore(database);
  }

  @Test
  void keepsWorkUntilItIsDue() {
    NewRevocation work = work(NOW);
    long id = add(work);
    assertThat(store.due(NOW.minusMillis(1), 10)).isEmpty();
    assertThat(store.due(NOW, 10)).containsExactly(new Revocation(id, work, 0, null));
  }

  @Test
  void putsFailedWorkOff() {
    long id = add(work(NOW));
    store.retry(id, NOW.plusSeconds(10), "vendor\0answered 503");
    assertThat(store.due(NOW.plusSeconds(9), 10)).isEmpty();
    Revocation again = store.due(NOW.plusSeconds(10), 10).getFirst();
    assertThat(again.attempts()).isOne();
    assertThat(again.lastError()).isEqualTo("vendor answered 503");
  }

  @Test
  void erasesWhatIsDone() {
    long id = add(work(NOW));
    database.execute(tx -> store.done(tx, id));
    assertThat(store.due(NOW, 10)).isEmpty();
  }

  @Test
  void servesTheLongestDueFirst() {
    long late = add(work(NOW));
    long early = add(work(NOW.minusSeconds(5)));
    add(work(NOW.plusSeconds(5)));
    assertThat(store.due(NOW, 10)).extracting(Revocation::id).containsExactly(early, late);
    assertThat(store.due(NOW, 1)).extracting(Revocation::id).containsExactly(early);
  }

  private long add(NewRevocation work) {
    return database.write(tx -> store.add(tx, work));
  }

  private static NewRevocation work(Instant dueAt) {
    return new NewRevocation(
        ACME,
        "ann",
        3,
        Set.of("a1", "a2"),
        Set.of("offline"),
        bytes("sealed"),
        dueAt,
        NOW.plusSeconds(3600));
  }
}
