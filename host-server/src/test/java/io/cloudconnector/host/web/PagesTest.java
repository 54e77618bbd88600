package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final String EVIL = "\"'><script>&amp;";
  private static final String ESCAPED = "&quot;&#39;&gt;&lt;script&gt;&amp;amp;";

  @Test
  void everyTextOfAPageIsEscaped() {
    assertThat(text(Pages.message(400, EVIL, EVIL)))
        .contains("<title>" + ESCAPED, "<h1>" + ESCAPED, "<p>" + ESCAPED)
        .doesNotContain("<script>");
  }

  @Test
  void everyTextOfAFormIsEscaped() {
    Setting field = Setting.secret("key", EVIL);

    assertThat(text(Pages.form(List.of(field), EVIL, EVIL)))
        .contains("action=\"" + ESCAPED, "value=\"" + ESCAPED, "<label>" + ESCAPED)
        .contains("type=\"password\"")
        .doesNotContain("<script>");
  }

  private static String text(Reply page) {
    return new String(page.body(), StandardCharsets.UTF_8);
  }
}
