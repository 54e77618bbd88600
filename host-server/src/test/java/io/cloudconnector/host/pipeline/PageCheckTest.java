package io.cloudconnector.host.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.HistoryPage;
import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCheckTest {
  private static final PageQuery QUERY =
      new PageQuery("sleep", Instant.EPOCH, Instant.EPOCH.plusSeconds(60), Optional.of("here"));

  private static VendorData document(String type, String json) {
    return VendorData.json(Resource.one(type, "7"), json.getBytes(UTF_8));
  }

  @Test
  void aPageMayRepeatDocumentsAndBeEmpty() {
    HistoryPage page =
        HistoryPage.more(List.of(document("sleep", "{}"), document("sleep", "{}")), "there");

    assertThat(PageCheck.checked(page, QUERY)).isSameAs(page);
    assertThat(PageCheck.checked(HistoryPage.last(List.of()), QUERY).records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "a\0b", "half \ud83d"})
  void aCursorThatLeadsNowhereIsTheConnectorsFault(String cursor) {
    assertThatThrownBy(() -> PageCheck.checked(HistoryPage.more(List.of(), cursor), QUERY))
        .isInstanceOf(BadPageException.class);
  }

  @Test
  void aCursorMayBeLongButNotEndless() {
    String longest = "x".repeat(16 * 1024);

    assertThat(PageCheck.checked(HistoryPage.more(List.of(), longest), QUERY).cursor())
        .contains(longest);
    assertThatThrownBy(() -> PageCheck.checked(HistoryPage.more(List.of(), longest + "x"), QUERY))
        .isInstanceOf(BadPageException.class);
  }

  @Test
  void aDocumentOfAnotherTypeIsTheConnectorsFaultAndHalfAnOneTheVendors() {
    assertThatThrownBy(
            () -> PageCheck.checked(HistoryPage.last(List.of(document("nap", "{}"))), QUERY))
        .isInstanceOf(BadPageException.class);
    assertThatThrownBy(
            () -> PageCheck.checked(HistoryPage.last(List.of(document("sleep", "{\"a\""))), QUERY))
        .isInstanceOf(VendorApiException.class);
  }
}
