package io.cloudconnector.host.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.store.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentHashTest {
  private static Bytes json(String text) {
    return ContentHash.of("application/json", text.getBytes(UTF_8));
  }

  @Test
  void howADocumentIsSetOutDoesNotMatter() {
    assertThat(json("{ \"a\" : [ 1,\r\n\t2 ] }\n")).isEqualTo(json("{\"a\":[1,2]}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "{\"a\":\"x y\"}|{\"a\":\"xy\"}",
        "{\"a\":\"\\\" x\"}|{\"a\":\"\\\"x\"}",
        "{\"a\":\"\\\\\" }|{\"a\":\"\\\\ \"}",
        "{\"a\":0.10}|{\"a\":0.1}",
        "{\"a\":1,\"b\":2}|{\"a\":2,\"b\":1}"
      })
  void everythingElseDoes(String one, String other) {
    assertThat(json(one)).isNotEqualTo(json(other));
  }

  @Test
  void ofWhatIsNotJsonEveryByteCounts() {
    assertThat(ContentHash.of("text/csv", "1, 2".getBytes(UTF_8)))
        .isNotEqualTo(ContentHash.of("text/csv", "1,2".getBytes(UTF_8)));
  }
}
