package io.cloudconnector.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.simulator.Fault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An end is an end at once, and the vendor is told however long that takes. */
final class RevocationTest extends HostTest {
  private void end(String userId) {
    assertThat(api.delete(Api.connection(userId)).status()).isEqualTo(204);
    assertThat(api.get(Api.connection(userId)).json().get("status").asString())
        .isEqualTo("REVOKED");
    assertThat(api.get(Api.connection(userId) + "/data/run/7").problem())
        .isEqualTo("relink-required");
  }

  private int asked() {
    return acme.requests().of("DELETE", "/v1/access").size();
  }

  private int revocations() {
    return Held.places(host.databaseUrl, "anna").contains("revocation.user_id") ? 1 : 0;
  }

  /** How many attempts at what is left were written down as failed. */
  private int failed() throws SQLException {
    try (Connection connection = DriverManager.getConnection(host.databaseUrl);
        Statement statement = connection.createStatement();
        ResultSet sum = statement.executeQuery("SELECT SUM(attempts) FROM revocation")) {
      sum.next();
      return sum.getInt(1);
    }
  }

  @Test
  void nothingOfTheGrantIsLeftOnceTheVendorHasRevokedIt() {
    String account = host.link("anna");

    end("anna");

    Awaitility.await().until(() -> !acme.oauth().linked(account));
    Awaitility.await().until(() -> revocations() == 0);
  }

  @Test
  void aVendorThatIsDownKeepsNobodyWaitingAndARestartForgetsNothing() {
    String account = host.link("anna");
    acme.faults().on("/v1/access").always(Fault.status(503));
    end("anna");
    Awaitility.await().until(() -> asked() > 0);
    assertThat(revocations()).isOne();

    restart("");
    assertThat(acme.oauth().linked(account)).isTrue();
    acme.faults().clear();

    Awaitility.await()
        .until(
            () -> {
              host.clock.advance(Duration.ofMinutes(1));
              return !acme.oauth().linked(account);
            });
    Awaitility.await().until(() -> revocations() == 0);
  }

  @Test
  void aGrantIsErasedAfterThreeDaysThoughTheVendorNeverRevokedIt() {
    String account = host.link("anna");
    acme.faults().on("/v1/access").always(Fault.status(503));
    end("anna");
    Awaitility.await().until(() -> failed() == 1);

    host.clock.advance(Duration.ofHours(71));
    Awaitility.await().until(() -> failed() == 2);
    assertThat(revocations()).isOne();
    host.clock.advance(Duration.ofHours(2));

    Awaitility.await().until(() -> revocations() == 0);
    assertThat(asked()).isEqualTo(3);
    assertThat(acme.oauth().linked(account)).isTrue();
  }

  @Test
  void ofTwoUsersOfOneAccountOnlyTheLastEndsTheVendorsGrant() {
    String account = host.link("anna");
    host.relink("berta");

    end("anna");
    assertThat(revocations()).isZero();
    assertThat(api.get(Api.connection("berta")).json().get("status").asString())
        .isEqualTo("ACTIVE");
    acme.put(account, "run/7", "{}");
    assertThat(api.get(Api.connection("berta") + "/data/run/7").status()).isEqualTo(200);
    assertThat(asked()).isZero();

    end("berta");
    Awaitility.await().until(() -> !acme.oauth().linked(account));
  }
}
