package io.cloudconnector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.Database;
import io.cloudconnector.host.store.DueLine;
import io.cloudconnector.host.store.EventLog;
import io.cloudconnector.host.store.InboxLine;
import io.cloudconnector.host.store.InboxState;
import io.cloudconnector.host.store.InboxStore;
import io.cloudconnector.host.store.InboxTask;
import io.cloudconnector.host.store.Lane;
import io.cloudconnector.host.vault.EncryptionKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is filled in by SQL must be what the stores themselves would have written. */
class FillingTest {
  @TempDir Path folder;

  @Test
  void theStoresReadWhatWasFilledIntoSqlite() {
    check("jdbc:sqlite:" + folder.resolve("filled.db"));
  }

  @Test
  void theStoresReadWhatWasFilledIntoPostgresql() throws IOException {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
      check(server.getJdbcUrl("postgres", "postgres"));
    }
  }

  private void check(String url) {
    try (Database database = Database.open(url, null, null, folder)) {
      new People(database, EncryptionKey.generate().text()).link(3);
      new Filling(database).log(50);
      assertThat(new EventLog(database).last()).isEqualTo(50);
      assertThat(new EventLog(database).read(0, 100, Integer.MAX_VALUE)).hasSize(50);

      SignedWebhooks webhooks = new SignedWebhooks(3);
      webhooks.skip(7);
      new Filling(database).inbox(6, 3, webhooks);
      InboxStore inbox = new InboxStore(database);
      assertThat(inbox.count(InboxState.WAITING)).isEqualTo(6);
      List<InboxLine> lines =
          inbox.lines(People.WHOOP, Lane.LIVE, 10).stream().map(DueLine::line).toList();
      assertThat(lines).hasSize(3);
      InboxTask task = inbox.next(lines.get(1), Instant.now()).orElseThrow();
      assertThat(task.merged()).isEmpty();
      assertThat(task.row().entry().resource().id()).isEqualTo(SignedWebhooks.sleep(7).toString());
      assertThat(task.row().entry().userId()).isEqualTo(People.name(1));
      assertThat(task.row().entry().accountId())
          .isEqualTo(Integer.toString(SignedWebhooks.FIRST_ACCOUNT + 1));
    }
  }
}
