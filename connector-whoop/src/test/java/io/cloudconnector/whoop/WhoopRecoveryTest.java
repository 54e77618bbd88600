package io.cloudconnector.whoop;

import static io.cloudconnector.whoop.WhoopSamples.CYCLE_ID;
import static io.cloudconnector.whoop.WhoopSamples.OTHER_SLEEP_ID;
import static io.cloudconnector.whoop.WhoopSamples.SLEEP_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Credentials;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.Secret;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import io.cloudconnector.testkit.FakeHost;
import io.cloudconnector.testkit.RecordedCall;
import io.cloudconnector.testkit.StubReply;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A recovery is found through its sleep. */
class WhoopRecoveryTest {
  private static final String SLEEP_PATH = "/base/v2/activity/sleep/" + SLEEP_ID;
  private static final String RECOVERY_PATH = "/base/v2/cycle/" + CYCLE_ID + "/recovery";

  private final FakeHost host = FakeHost.of(new WhoopConnectorFactory());

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void isGoneWhenItsSleepIsGoneWithoutASecondCall() {
    host.vendor().on("GET", SLEEP_PATH, StubReply.status(404));

    assertThat(fetch(SLEEP_ID)).isInstanceOf(FetchResult.Gone.class);
    assertThat(host.vendor().calls()).hasSize(1);
  }

  @Test
  void isGoneWhenTheCycleHasNone() {
    sleepSays("\"cycle_id\":" + CYCLE_ID);
    host.vendor().on("GET", RECOVERY_PATH, StubReply.status(404));

    assertThat(fetch(SLEEP_ID)).isInstanceOf(FetchResult.Gone.class);
  }

  @Test
  void isNotTheRecoveryOfAnotherSleepOfTheSameCycle() {
    sleepSays("\"cycle_id\":" + CYCLE_ID);
    recoverySays(WhoopSamples.recovery(OTHER_SLEEP_ID));

    assertThat(fetch(SLEEP_ID)).isInstanceOf(FetchResult.Gone.class);
  }

  @Test
  void isFoundUnderItsSleepsIdWhateverTheCaseOfItsLetters() {
    sleepSays("\"cycle_id\":" + CYCLE_ID);
    recoverySays(WhoopSamples.recovery(SLEEP_ID.toUpperCase(Locale.ROOT)));

    assertThat(fetch(SLEEP_ID))
        .isInstanceOfSatisfying(
            FetchResult.Found.class,
            found ->
                assertThat(found.documents())
                    .extracting(VendorData::resource)
                    .containsExactly(Resource.one("recovery", SLEEP_ID)));
    assertThat(host.vendor().calls())
        .extracting(RecordedCall::path)
        .containsExactly(SLEEP_PATH, RECOVERY_PATH);
  }

  @Test
  void isAFailureOfWhoopWhenTheSleepNamesNoCycle() {
    for (String cycle : new String[] {"\"other\":1", "\"cycle_id\":null", "\"cycle_id\":[]"}) {
      sleepSays(cycle);
      assertThatThrownBy(() -> fetch(SLEEP_ID))
          .isInstanceOf(VendorApiException.class)
          .hasMessageContaining("cycle_id");
    }
  }

  @Test
  void isAFailureOfWhoopWhenTheCycleIsNoPathSegment() {
    for (String cycle : new String[] {"\"../../user/access\"", "-1", "\"\"", "\"1/2\""}) {
      sleepSays("\"cycle_id\":" + cycle);
      assertThatThrownBy(() -> fetch(SLEEP_ID))
          .isInstanceOf(VendorApiException.class)
          .hasMessageContaining("cycle");
    }
    assertThat(host.vendor().calls()).extracting(RecordedCall::path).containsOnly(SLEEP_PATH);
  }

  @Test
  void isAFailureOfWhoopWhenTheRecoveryNamesNoSleep() {
    sleepSays("\"cycle_id\":" + CYCLE_ID);
    recoverySays("{\"cycle_id\":" + CYCLE_ID + "}");

    assertThatThrownBy(() -> fetch(SLEEP_ID))
        .isInstanceOf(VendorApiException.class)
        .hasMessageContaining("sleep_id");
  }

  private void sleepSays(String cycle) {
    host.vendor().on("GET", SLEEP_PATH, StubReply.json(200, WhoopSamples.sleep(cycle)));
  }

  private void recoverySays(String json) {
    host.vendor().on("GET", RECOVERY_PATH, StubReply.json(200, json));
  }

  private FetchResult fetch(String sleepId) {
    return host.connector()
        .fetchData(
            host.connection(Credentials.access(Secret.of("made-up-token"))),
            Resource.one("recovery", sleepId));
  }
}
