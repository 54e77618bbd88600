package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.FetchResult;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.VendorApiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a connector makes of a vendor that does not give what it was asked for. */
interface RefusalCases extends ConnectorUnderTest {
  @TestFactory
  default Stream<DynamicTest> obeysRetryAfterOfA429() {
    return VendorCall.each(
        this,
        call -> {
          call.isAnswered(refusal(429).header("Retry-After", "30"));
          RateLimitException thrown = thrown(call, RateLimitException.class);
          assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(30));
        });
  }

  @TestFactory
  default Stream<DynamicTest> tellsA429WithoutRetryAfter() {
    return VendorCall.each(
        this,
        call -> {
          call.isAnswered(refusal(429));
          thrown(call, RateLimitException.class);
        });
  }

  @TestFactory
  default Stream<DynamicTest> tellsTheHostsOwnLimit() {
    return VendorCall.each(
        this,
        call -> {
          call.isAnswered(call.asTheSampleSays());
          call.host().context().limits().allow(call.index());
          thrown(call, RateLimitException.class);
          assertThat(call.host().vendor().calls()).hasSize(call.index());
        });
  }

  @TestFactory
  default Stream<DynamicTest> givesUpAfterASecond401() {
    return VendorCall.each(
        this,
        call -> {
          assumeTrue(call.canRefresh(), "the descriptor has no token endpoint");
          call.isAnswered(refusal(401));
          call.vendorRefreshes();
          FakeConnection connection = call.linked();
          thrown(call, connection, OAuthException.class);
          assertThat(connection.refreshes()).isEqualTo(1);
        });
  }

  @TestFactory
  default Stream<DynamicTest> doesNotRenewAfterA403() {
    return VendorCall.each(
        this,
        call -> {
          call.isAnswered(refusal(403));
          FakeConnection connection = call.linked();
          thrown(call, connection, OAuthException.class);
          assertThat(connection.refreshes())
              .as("renewals; a 403 says nothing against the token")
              .isZero();
        });
  }

  @TestFactory
  default Stream<DynamicTest> takesA404AsGone() {
    return VendorCall.each(
        this,
        call -> {
          call.isAnswered(refusal(404));
          FetchResult result = call.fetch(call.linked());
          if (call.mayFindNothingBy404()) {
            VendorCall.assertNothing(result);
          } else {
            assertThat(result)
                .as(
                    "what a fetch finds after a 404; a list that the vendor says 404 to where it is"
                        + " empty is shown by ResourceSample.nothing")
                .isInstanceOf(FetchResult.Gone.class);
          }
        });
  }

  @TestFactory
  default Stream<DynamicTest> tellsOther4xx() {
    return tells(400, 405, 410, 422);
  }

  @TestFactory
  default Stream<DynamicTest> tells5xx() {
    return tells(500, 502, 503, 599);
  }

  private Stream<DynamicTest> tells(int... statuses) {
    return VendorCall.each(
        this,
        call -> {
          for (int status : statuses) {
            call.isAnswered(refusal(status));
            assertThat(thrown(call, VendorApiException.class).statusCode()).isEqualTo(status);
          }
        });
  }

  @TestFactory
  default Stream<DynamicTest> takesNoPageOfAProxyForADocument() {
    return VendorCall.each(
        this,
        call -> {
          assumeJson(call);
          call.isAnswered(StubReply.html(200));
          thrown(call, VendorApiException.class);
        });
  }

  @TestFactory
  default Stream<DynamicTest> takesNoHalfDocument() {
    return VendorCall.each(
        this,
        call -> {
          assumeJson(call);
          byte[] whole = call.asTheSampleSays().body();
          byte[] half = Arrays.copyOf(whole, whole.length / 2);
          call.isAnswered(StubReply.of(200, "application/json", half));
          thrown(call, VendorApiException.class);
        });
  }

  @TestFactory
  default Stream<DynamicTest> tellsAnAnswerThatBreaksOff() {
    return VendorCall.each(
        this,
        call -> {
          assumeTrue(call.asTheSampleSays().body().length > 0, "an answer without a body");
          call.isAnswered(call.asTheSampleSays().cutOff());
          thrown(call, VendorApiException.class);
        });
  }

  static StubReply refusal(int status) {
    byte[] body = ("{\"error\":\"" + Leaks.MARK + "\"}").getBytes(StandardCharsets.UTF_8);
    return StubReply.of(status, "application/json", body);
  }

  private static void assumeJson(VendorCall call) {
    assumeTrue(call.asTheSampleSays().isJson(), "the vendor's answer is not JSON");
  }

  private static <T extends ConnectorException> T thrown(VendorCall call, Class<T> type) {
    return thrown(call, call.linked(), type);
  }

  private static <T extends ConnectorException> T thrown(
      VendorCall call, FakeConnection connection, Class<T> type) {
    Throwable thrown = catchThrowable(() -> call.fetch(connection));
    assertThat(thrown)
        .as(
            "what fetchData throws when the vendor answers this; CloudConnectorBase.call throws it"
                + " for a status, and what cannot be read is a VendorApiException")
        .isInstanceOf(type);
    Leaks.assertNone(thrown, call.host().context().config());
    return type.cast(thrown);
  }
}
