package io.cloudconnector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudconnector.api.ConnectorException;
import io.cloudconnector.api.OAuthException;
import io.cloudconnector.api.RateLimitException;
import io.cloudconnector.api.VendorApiException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What a connector makes of a vendor that does not give the history it was asked for. */
interface HistoryRefusalCases extends ConnectorUnderTest {
  @TestFactory
  default Stream<DynamicTest> renewsOnceAfterA401InHistoryAndGoesOn() {
    return HistoryCall.each(
        this,
        call -> {
          assumeTrue(call.canRefresh(), "the descriptor has no token endpoint");
          call.isAnswered(StubReply.status(401), call.asTheSampleSays());
          call.vendorRefreshes();
          FakeConnection connection = call.linked();

          assertThat(call.records(connection)).hasSameSizeAs(call.sample().records());
          assertThat(connection.refreshes()).isEqualTo(1);
          assertThat(connection.stored().accessToken().reveal()).isEqualTo(Leaks.NEW_ACCESS);
        });
  }

  @TestFactory
  default Stream<DynamicTest> doesNotRenewAfterA403InHistory() {
    return HistoryCall.each(
        this,
        call -> {
          call.isAnswered(RefusalCases.refusal(403));
          FakeConnection connection = call.linked();
          thrown(call, connection, OAuthException.class);
          assertThat(connection.refreshes()).isZero();
        });
  }

  @TestFactory
  default Stream<DynamicTest> obeysRetryAfterOfA429InHistory() {
    return HistoryCall.each(
        this,
        call -> {
          call.isAnswered(RefusalCases.refusal(429).header("Retry-After", "30"));
          RateLimitException thrown = thrown(call, call.linked(), RateLimitException.class);
          assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(30));
        });
  }

  @TestFactory
  default Stream<DynamicTest> tells4xxAnd5xxInHistory() {
    return HistoryCall.each(
        this,
        call -> {
          for (int status : new int[] {400, 422, 500, 503}) {
            call.isAnswered(RefusalCases.refusal(status));
            assertThat(thrown(call, call.linked(), VendorApiException.class).statusCode())
                .isEqualTo(status);
          }
        });
  }

  /** Told as the end, what follows would be missing for ever. */
  @TestFactory
  default Stream<DynamicTest> takesNo404OfAListForItsEnd() {
    return HistoryCall.each(
        this,
        call -> {
          assumeTrue(call.sample().isListed(), "one document, which may be gone");
          assumeFalse(call.mayFindNothingBy404(), "the samples show that 404 means: nothing");
          call.isAnswered(RefusalCases.refusal(404));
          assertThat(thrown(call, call.linked(), VendorApiException.class).statusCode())
              .as(
                  "status; a vendor that says 404 where there is nothing is shown by a sample in"
                      + " histories() whose only page is StubReply.status(404) without records")
              .isEqualTo(404);
        });
  }

  @TestFactory
  default Stream<DynamicTest> takesNoPageOfAProxyForHistory() {
    return HistoryCall.each(
        this,
        call -> {
          assumeTrue(call.asTheSampleSays().isJson(), "the vendor's answer is not JSON");
          call.isAnswered(StubReply.html(200));
          thrown(call, call.linked(), VendorApiException.class);
        });
  }

  @TestFactory
  default Stream<DynamicTest> takesNoHalfPageOfHistory() {
    return HistoryCall.each(
        this,
        call -> {
          assumeTrue(call.asTheSampleSays().isJson(), "the vendor's answer is not JSON");
          byte[] whole = call.asTheSampleSays().body();
          // Half, and all but the last brace: the second holds every record.
          for (int length : new int[] {whole.length / 2, lastOf(whole)}) {
            byte[] part = Arrays.copyOf(whole, length);
            call.isAnswered(StubReply.of(200, "application/json", part));
            thrown(call, call.linked(), VendorApiException.class);
          }
        });
  }

  private static int lastOf(byte[] json) {
    int end = json.length - 1;
    while (Character.isWhitespace(json[end])) {
      end--;
    }
    return end;
  }

  @TestFactory
  default Stream<DynamicTest> doesNotGoRoundWhenTheVendorRepeatsACursor() {
    return HistoryCall.eachSample(
        this,
        call -> {
          assumeTrue(call.sample().pages().size() > 1, "there is but one page");
          Exchange.play(call.host(), call.sample().pages().getFirst().exchanges());
          FakeConnection connection = call.linked();
          call.host().context().limits().allow(mostCalls(call));
          Optional<String> cursor = call.page(connection, Optional.empty()).cursor();
          assertThat(cursor).as("cursor of the first page").isPresent();
          call.host().context().limits().allow(mostCalls(call));

          Throwable thrown = catchThrowable(() -> call.page(connection, cursor));
          if (thrown != null) {
            assertThat(thrown)
                .as("a page takes no more calls than the sample shows: the host ends the round")
                .isInstanceOf(VendorApiException.class);
          }
        });
  }

  private static int mostCalls(HistoryCall call) {
    return call.sample().pages().stream()
        .mapToInt(page -> page.exchanges().size())
        .max()
        .orElseThrow();
  }

  private static <T extends ConnectorException> T thrown(
      HistoryCall call, FakeConnection connection, Class<T> type) {
    Throwable thrown = catchThrowable(() -> call.pages(connection));
    assertThat(thrown)
        .as(
            "what History.page throws when the vendor answers this; CloudConnectorBase.call throws"
                + " it for a status, and what cannot be read is a VendorApiException")
        .isInstanceOf(type);
    Leaks.assertNone(thrown, call.host().context().config());
    return type.cast(thrown);
  }
}
