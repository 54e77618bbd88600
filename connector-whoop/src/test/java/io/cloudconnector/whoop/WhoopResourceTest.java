package io.cloudconnector.whoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.testkit.FakeHost;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which resources are asked of WHOOP, and which never reach it. */
class WhoopResourceTest {
  @Test
  void asksWhoopForNothingItDoesNotHave() {
    List<Resource> impossible =
        List.of(
            Resource.one("profile", "1"),
            Resource.one("body_measurement", "1"),
            Resource.one("sleep", "12345"),
            Resource.one("sleep", WhoopSamples.SLEEP_ID + "0"),
            Resource.one("workout", WhoopSamples.WORKOUT_ID.replace('-', '_')),
            Resource.one("recovery", "" + WhoopSamples.CYCLE_ID),
            Resource.one("cycle", WhoopSamples.SLEEP_ID),
            Resource.one("cycle", "-1"),
            Resource.one("cycle", "12345678901234567890"),
            Resource.range("sleep", Instant.EPOCH, Instant.EPOCH.plusSeconds(1)),
            Resource.days("cycle", LocalDate.EPOCH, LocalDate.EPOCH));

    try (FakeHost host = FakeHost.of(new WhoopConnectorFactory())) {
      for (Resource resource : impossible) {
        assertThatIllegalArgumentException()
            .as(resource.toString())
            .isThrownBy(
                () ->
                    host.connector()
                        .fetchData(
                            host.connection(Credentials.access(Secret.of("made-up-token"))),
                            resource))
            .withMessageContaining(resource.type());
      }
      assertThat(host.vendor().calls()).isEmpty();
    }
  }
}
