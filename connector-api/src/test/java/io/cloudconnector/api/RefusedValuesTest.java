package io.cloudconnector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What connectors make is checked where it is made, so that nobody behind has to. */
class RefusedValuesTest {
  private static final WebhookEvent EVENT = WebhookEvent.accessWithdrawn("7");
  private static final Resource RESOURCE = Resource.one("run", "7");

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 204, 302, 399, 600})
  void noRefusalOfAWebhookTellsTheVendorThatItWasTaken(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WebhookException(status, "why"))
        .withMessageContaining("400 to 599");
    assertThat(new WebhookException(400, "why").status()).isEqualTo(400);
    assertThat(new WebhookException(599, "why").status()).isEqualTo(599);
  }

  @Test
  void aDedupeKeyOfNothingWouldMakeAllNoticesOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.dedupeKey(new String[0]));
    assertThat(EVENT.dedupeKey("a", "bc").dedupeKey())
        .isNotEqualTo(EVENT.dedupeKey("ab", "c").dedupeKey());
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.dedupeKey("a", "\ud800"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two\nlines", "a\u0000b", "half \ud83d of it", "\udc00"})
  void whatIsStoredAndLoggedIsOneLine(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.vendorType(text));
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.attribute("region", text));
    assertThatIllegalArgumentException().isThrownBy(() -> linked(text));
    assertThatIllegalArgumentException().isThrownBy(() -> data(text));
  }

  @Test
  void whatIsStoredAndLoggedIsNotEndless() {
    assertThat(EVENT.vendorType("x".repeat(256)).vendorType()).hasValue("x".repeat(256));
    assertThat(EVENT.attribute("a", "x".repeat(1024)).attributes()).containsKey("a");
    assertThat(linked("x".repeat(256)).accountIds()).hasSize(1);
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.vendorType("x".repeat(257)));
    assertThatIllegalArgumentException().isThrownBy(() -> EVENT.attribute("a", "x".repeat(1025)));
    assertThatIllegalArgumentException().isThrownBy(() -> linked("x".repeat(257)));
    assertThatIllegalArgumentException().isThrownBy(() -> data("x".repeat(257)));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,                application/json",
    "application/json; charset=utf-8, application/json",
    "Application/JSON ;charset=UTF-8, application/json",
    "APPLICATION/FIT,                 application/fit",
    "Text/CSV;header=Present,         text/csv;header=Present",
    "application/json-seq,            application/json-seq",
  })
  void jsonCountsAsJsonHoweverTheVendorWritesIt(String written, String normal) {
    assertThat(data(written).mediaType()).isEqualTo(normal);
  }

  @Test
  void noLimitCountsInLessThanASecond() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateLimitConfig.of(1, Duration.ofMillis(999)))
        .withMessageContaining("one second");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RateLimitConfig.of(0, Duration.ofSeconds(1)));
    assertThat(RateLimitConfig.of(1, Duration.ofSeconds(1)).timeWindow())
        .isEqualTo(Duration.ofSeconds(1));
  }

  private static Linked linked(String accountId) {
    return Linked.with(Credentials.access(Secret.of("token"))).accountIds(Set.of(accountId));
  }

  private static VendorData data(String mediaType) {
    return VendorData.of(RESOURCE, new byte[0], mediaType);
  }
}
