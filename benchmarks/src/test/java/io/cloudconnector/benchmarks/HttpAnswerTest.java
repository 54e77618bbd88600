package io.cloudconnector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpAnswerTest {
  private static final String WHOLE = "HTTP/1.1 503 Busy\r\nContent-Length: 3\r\nA: b\r\n\r\nabc";

  @Test
  void anAnswerIsWholeWithItsLastByte() {
    for (int count = 0; count < WHOLE.length(); count++) {
      assertThat(read(WHOLE, count).isWhole()).isFalse();
    }
    HttpAnswer answer = read(WHOLE, WHOLE.length());
    assertThat(answer.isWhole()).isTrue();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(WHOLE.substring(answer.bodyAt())).isEqualTo("abc").hasSize(answer.length());
  }

  @Test
  void theLengthMayBeTheLastHeader() {
    String last = "HTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n";
    assertThat(read(last, last.length()).isWhole()).isTrue();
  }

  @Test
  void anAnswerWithoutALengthIsRefused() {
    String endless = "HTTP/1.1 200 OK\r\n\r\n";
    assertThatThrownBy(() -> read(endless, endless.length()))
        .isInstanceOf(IllegalStateException.class);
  }

  private static HttpAnswer read(String text, int count) {
    return HttpAnswer.in(text.getBytes(StandardCharsets.US_ASCII), count);
  }
}
