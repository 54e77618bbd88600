package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {
  @Test
  void readsWhatStandsThereOnce() {
    assertThat(QueryText.parse("a=1&b=x%20y+z&c"))
        .containsOnly(Map.entry("a", "1"), Map.entry("b", "x y z"), Map.entry("c", ""));
    assertThat(QueryText.parse(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token=wrong&token=right",
        "token=right&token=right",
        "token=right&a=b&%74oken=right",
        "token=%zz&token=right",
        "token=right&token",
        "token=right&token=&token=right"
      })
  void whatStandsThereTwiceSaysNothing(String query) {
    assertThat(QueryText.parse(query)).doesNotContainKey("token");
  }
}
