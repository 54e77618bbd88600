package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What callers hear while the database does not answer. */
final class StorageTest extends HostTest {
  /** Keeps the host from writing for as long as the connection is open. */
  private Connection lock() throws SQLException {
    Connection connection = DriverManager.getConnection(host.databaseUrl);
    try (Statement statement = connection.createStatement()) {
      if (kind == TestDatabase.SQLITE) {
        statement.execute("BEGIN IMMEDIATE");
      } else {
        connection.setAutoCommit(false);
        statement.execute("LOCK TABLE inbox, link IN ACCESS EXCLUSIVE MODE");
      }
    }
    return connection;
  }

  @Test
  void aNoticeThatCannotBeStoredIsAskedForAgain() throws Exception {
    String account = host.link("anna");
    acme.put(account, "run/7", "{}");
    byte[] notice = AcmeCloud.noticeText(account, "run.updated", "7", "t").getBytes(UTF_8);

    try (Connection locked = lock()) {
      Answer answer = api.withoutKey().send(signed(notice));
      assertThat(locked.isClosed()).isFalse();
      assertThat(answer.problem()).isEqualTo("unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
    }

    assertThat(api.withoutKey().send(signed(notice)).status()).isEqualTo(200);
    api.awaitEvents("data.updated", 1);
  }

  @Test
  void aNoticeBeforeWhichTooManyWritesWaitIsAskedForAgainAtOnce() {
    String account = host.link("anna");
    acme.put(account, "run/7", "{}");
    byte[] notice = AcmeCloud.noticeText(account, "run.updated", "7", "t").getBytes(UTF_8);

    try (HeldCommits held = new HeldCommits(host)) {
      held.fill();
      Answer answer = api.withoutKey().send(signed(notice));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.problem()).isEqualTo("unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
      assertThat(held.waiting()).as("it did not wait in turn").isEqualTo(HeldCommits.FULL);
    }

    assertThat(api.withoutKey().send(signed(notice)).status()).isEqualTo(200);
    api.awaitEvents("data.updated", 1);
  }

  private HttpRequest.Builder signed(byte[] notice) {
    HttpRequest.Builder request =
        api.withoutKey().request("/webhooks/acme").POST(BodyPublishers.ofByteArray(notice));
    AcmeCloud.sign(notice, host.clock.instant()).forEach(request::header);
    return request;
  }

  @Test
  void aCallThatNeedsTheDatabaseIsAskedToComeBack() throws Exception {
    try (Connection locked = lock()) {
      Answer answer = api.post("/v1/links", "{\"vendor\":\"acme\",\"userId\":\"anna\"}");
      assertThat(locked.isClosed()).isFalse();
      assertThat(answer.problem()).isEqualTo("storage-unavailable");
    }

    assertThat(api.post("/v1/links", "{\"vendor\":\"acme\",\"userId\":\"anna\"}").status())
        .isEqualTo(201);
  }
}
