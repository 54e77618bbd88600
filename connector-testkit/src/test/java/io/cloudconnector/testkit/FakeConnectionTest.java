package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.TokenException;
import io.cloudconnector.testkit.hello.HelloConnectorFactory;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeConnectionTest {
  private final FakeHost host = FakeHost.of(new HelloConnectorFactory());
  private final Instant now = host.context().clock().instant();
  private final Credentials stale =
      Credentials.access(Secret.of("stale")).refresh(Secret.of("refresh")).accessUntil(now);
  private final FakeConnection connection = host.connection(stale);

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void hasNoCredentialsOnceTheGrantIsDead() {
    tokenEndpoint(StubReply.json(400, "{\"error\":\"invalid_grant\"}"));

    assertThatThrownBy(connection::credentials).isInstanceOf(TokenException.class);
    assertThatThrownBy(() -> connection.renewed(stale)).isInstanceOf(TokenException.class);
    assertThat(connection.refreshes()).isEqualTo(1);
  }

  @Test
  void hasNoCredentialsOnceTheLinkIsEnded() {
    connection.end();

    assertThat(connection.ended()).isTrue();
    assertThatThrownBy(connection::credentials).isInstanceOf(TokenException.class);
  }

  @Test
  void refreshesWhatExpiredOnce() {
    grants("fresh");

    assertThat(connection.credentials().accessToken()).isEqualTo(Secret.of("fresh"));
    assertThat(connection.credentials()).isEqualTo(connection.stored());
    assertThat(connection.refreshes()).isEqualTo(1);
  }

  @Test
  void renewsOnlyWhatIsStillStored() {
    grants("fresh");
    Credentials fresh = connection.renewed(stale);

    assertThat(connection.renewed(stale)).isSameAs(fresh);
    assertThat(connection.refreshes()).isEqualTo(1);
  }

  @Test
  void callsNobodyWhenTheTestAllowsNoCalls() {
    host.context().limits().allow(0);

    assertThat(host.context().limits().allows(connection, 1)).isFalse();
    assertThatThrownBy(connection::credentials).isInstanceOf(RateLimitException.class);
    assertThat(host.vendor().calls()).isEmpty();
  }

  private void grants(String access) {
    tokenEndpoint(
        StubReply.json(
            200,
            "{\"access_token\":\"" + access + "\",\"token_type\":\"bearer\",\"expires_in\":60}"));
  }

  private void tokenEndpoint(StubReply reply) {
    host.vendor().on("POST", host.path("token"), reply);
  }
}
