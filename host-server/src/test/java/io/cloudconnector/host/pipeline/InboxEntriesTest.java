package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorType;
import io.cloudconnector.api.WebhookEvent;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.InboxEntry;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.NewWebhook;
import io.cloudconnector.host.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboxEntriesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void storesADedupeKeyOfAnyLengthAndAnyCharacters(TestDatabase kind, @TempDir Path folder) {
    try (Database database = kind.open(folder)) {
      assertThat(accept(database, "a\u0000b")).isOne();
      assertThat(accept(database, "a\u0000b")).isZero();
      assertThat(accept(database, "a\u0000c")).isOne();
      assertThat(accept(database, incompressible())).isOne();
      assertThat(accept(database, incompressible())).isZero();
    }
  }

  private static int accept(Database database, String key) {
    WebhookEvent event = WebhookEvent.changed("account", Resource.one("run", "7")).dedupeKey(key);
    InboxEntry entry = InboxEntries.of(new VendorType("acme"), event, NOW);
    NewWebhook webhook = new NewWebhook(List.of(entry), List.of(), Bytes.of(new byte[0]));
    return database.write(tx -> new InboxStore(database).accept(tx, List.of(webhook))).getFirst();
  }

  /** PostgreSQL would compress what repeats until it fits its index. */
  private static String incompressible() {
    StringBuilder key = new StringBuilder();
    new Random(1).ints(20_000, 'A', 'z').forEach(key::appendCodePoint);
    return key.toString();
  }
}
