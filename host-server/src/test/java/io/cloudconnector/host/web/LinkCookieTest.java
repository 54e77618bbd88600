package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LinkCookieTest {
  @Test
  void overTlsItIsNeverSentInClear() {
    assertThat(LinkCookie.of(URI.create("https://connect.example.test")).holding("t"))
        .isEqualTo("__Host-connector_link=t; Path=/; Max-Age=4500; HttpOnly; SameSite=Lax; Secure");
  }

  @Test
  void withoutTlsItWorksAllTheSame() {
    assertThat(LinkCookie.of(URI.create("http://127.0.0.1:8080")).holding("t"))
        .isEqualTo("connector_link=t; Path=/; Max-Age=4500; HttpOnly; SameSite=Lax");
  }
}
