package io.cloudconnector.host.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.vault.EncryptionKey;
import io.cloudconnector.host.vault.Vault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealedValuesTest extends StoreTest {
  @Test
  void nameTheKeysOfEveryTable() {
    EncryptionKey grant = EncryptionKey.generate();
    EncryptionKey ended = EncryptionKey.generate();
    EncryptionKey flow = EncryptionKey.generate();
    EncryptionKey state = EncryptionKey.generate();
    assertThat(new SealedValues(database).keyIds()).isEmpty();

    database.execute(
        tx ->
            new ConnectionStore(database)
                .link(
                    tx,
                    new NewConnection(
                        ACME, "ann", 1, Set.of("a"), Set.of(), sealed(grant), NOW, null, null)));
    database.execute(
        tx ->
            new RevocationStore(database)
                .add(
                    tx,
                    new NewRevocation(
                        ACME, "bob", 1, Set.of("b"), Set.of(), sealed(ended), NOW, NOW)));
    LinkStore links = new LinkStore(database);
    links.create(new LinkRow("t", ACME, "eve", null, Map.of(), NOW, NOW.plusSeconds(9), null));
    links.startFlow(new FlowRow("s", "t", "b", sealed(flow), NOW, NOW.plusSeconds(9)));
    StateStore states = new StateStore(database);
    states.write(ACME, "one", sealed(state), NOW);
    states.write(ACME, "two", sealed(state), NOW);

    assertThat(new SealedValues(database).keyIds())
        .containsExactlyInAnyOrder(grant.id(), ended.id(), flow.id(), state.id());
  }

  private static Bytes sealed(EncryptionKey key) {
    return Bytes.of(new Vault(List.of(key)).seal(new byte[] {1, 2, 3}, "somewhere"));
  }
}
