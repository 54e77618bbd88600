package io.cloudconnector.host.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudconnector.api.Resource;
import io.cloudconnector.api.VendorApiException;
import io.cloudconnector.api.VendorData;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTest {
  private static VendorData json(String text, Charset charset) {
    return VendorData.json(Resource.one("sleep", "7"), text.getBytes(charset));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\": 0.10}", " [1, {\"b\": []}] ", "3", "null", "{\"a\":1,\"a\":2}", "\"é\""})
  void letsWholeDocumentsPassUntouched(String text) {
    VendorData document = json(text, StandardCharsets.UTF_8);
    assertThat(WellFormed.checked(document).bytes()).isEqualTo(document.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{\"a\":", "{} {}", "1 2", "<html>", "{'a':1}", "\uFEFF{}"})
  void refusesWhatWouldBreakAnEvent(String text) {
    assertThatThrownBy(() -> WellFormed.checked(json(text, StandardCharsets.UTF_8)))
        .isInstanceOf(VendorApiException.class);
  }

  @Test
  void refusesOtherEncodings() {
    assertThatThrownBy(() -> WellFormed.checked(json("\"é\"", StandardCharsets.ISO_8859_1)))
        .isInstanceOf(VendorApiException.class);
    assertThatThrownBy(() -> WellFormed.checked(json("{}", StandardCharsets.UTF_16LE)))
        .isInstanceOf(VendorApiException.class);
  }

  @Test
  void doesNotLookIntoOtherKinds() {
    VendorData file =
        VendorData.of(Resource.one("file", "7"), new byte[] {1, 2}, "application/fit");
    assertThat(WellFormed.checked(file)).isSameAs(file);
  }
}
