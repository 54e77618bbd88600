package io.cloudconnector.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnUrlPatternTest {
  private final ReturnUrlPattern anywhere = WebUrls.returnUrl("https://app.example.com/*");
  private final ReturnUrlPattern below = WebUrls.returnUrl("https://app.example.com/done/*");
  private final ReturnUrlPattern exact = WebUrls.returnUrl("https://app.example.com/done");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com",
        "https://app.example.com/",
        "https://app.example.com/a/b",
        "https://app.example.com:443/a",
        "HTTPS://APP.Example.COM/a",
        "https://app.example.com/a?next=https://evil.example/../x&b=//c",
        "https://app.example.com/a#part",
        "https://app.example.com/a%20b",
        "https://app.example.com/.well-known/x",
        "https://app.example.com/a...b/..."
      })
  void acceptsWhatIsOnTheHost(String url) {
    assertThat(anywhere.matches(URI.create(url))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/",
        "/relative",
        "",
        "?status=linked",
        "https:/app.example.com/",
        "https:app.example.com/",
        "https:///app.example.com/",
        "http://app.example.com/",
        "ftp://app.example.com/",
        "javascript:alert(1)//app.example.com/",
        "https://app.example.com.evil.example/",
        "https://evil.example/https://app.example.com/",
        "https://evil-app.example.com/",
        "https://app.example.com./",
        "https://app.example.com:8443/",
        "https://app.example.com:80/",
        "https://app.example.com:0/",
        "https://app.example.com:443:80/",
        "https://app.example.com@evil.example/",
        "https://evil.example@app.example.com/",
        "https://user:password@app.example.com/",
        "https://@app.example.com/",
        "https://app.example.com:443@evil.example/",
        "https://app.example.com%2f@evil.example/",
        "https://app.example.com%00.evil.example/",
        "https://app.example.com//evil.example/",
        "https://app.example.com/a//b",
        "https://app.example.com/../b",
        "https://app.example.com/a/..",
        "https://app.example.com/a/./b",
        "https://app.example.com/a/..;x/b",
        "https://app.example.com/%2e%2e/b",
        "https://app.example.com/.%2E/b",
        "https://app.example.com/%2fevil.example",
        "https://app.example.com/a%5Cb",
        "https://app.example.com/a%252e%252e/b",
        "https://\u0430pp.example.com/",
        "https://xn--pp-6kc.example.com/",
        "https://app.example\u3002com/",
        "https://app.example.com\uff0fevil.example/",
        "https://app.example.com\u2044@evil.example/",
        "https://app.example.com;evil.example/",
        "data:text/html,app.example.com/",
        "mailto:me@app.example.com"
      })
  void refusesWhatOnlyLooksLikeTheHost(String url) {
    assertThat(anywhere.matches(URI.create(url))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com\\@evil.example/",
        "https://app.example.com\\evil",
        "https://app.example.com/\n//evil.example",
        "https://app.example.com/\tx",
        "https://app.exam\tple.com/",
        "java\nscript:alert(1)",
        " https://app.example.com/",
        "https://app.example.com /",
        "https://[app.example.com]/"
      })
  void whatJavaTakesForNoAddressNeverGetsHere(String url) {
    assertThatThrownBy(() -> URI.create(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void staysInItsFolder() {
    assertThat(below.matches(URI.create("https://app.example.com/done/"))).isTrue();
    assertThat(below.matches(URI.create("https://app.example.com/done/a/b"))).isTrue();
    assertThat(below.matches(URI.create("https://app.example.com/done"))).isFalse();
    assertThat(below.matches(URI.create("https://app.example.com/donee/a"))).isFalse();
    assertThat(below.matches(URI.create("https://app.example.com/done;x/a"))).isFalse();
    assertThat(below.matches(URI.create("https://app.example.com/DONE/a"))).isFalse();
    assertThat(below.matches(URI.create("https://app.example.com/done/../a"))).isFalse();
    assertThat(below.matches(URI.create("https://app.example.com/%64one/a"))).isFalse();
  }

  @Test
  void withoutStarOnlyThatPathMatches() {
    assertThat(exact.matches(URI.create("https://app.example.com/done?x=1"))).isTrue();
    assertThat(exact.matches(URI.create("https://app.example.com/done/"))).isFalse();
    assertThat(exact.matches(URI.create("https://app.example.com/DONE"))).isFalse();
  }

  @Test
  void withoutPathOnlyTheRootMatches() {
    ReturnUrlPattern root = WebUrls.returnUrl("https://App.Example.com");
    assertThat(root.matches(URI.create("https://app.example.com/"))).isTrue();
    assertThat(root.matches(URI.create("https://app.example.com?x=1"))).isTrue();
    assertThat(root.matches(URI.create("https://app.example.com/a"))).isFalse();
  }

  @Test
  void aPortIsCompared() {
    ReturnUrlPattern local = WebUrls.returnUrl("http://localhost:3000/*");
    assertThat(local.matches(URI.create("http://localhost:3000/a"))).isTrue();
    assertThat(local.matches(URI.create("http://localhost/a"))).isFalse();
    assertThat(local.matches(URI.create("http://127.0.0.1:3000/a"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.com*",
        "https://*.example.com/",
        "https://*/",
        "*",
        "https://app.example.com/*/a",
        "https://app.example.com/**",
        "https://app.example.com/a?b=*",
        "https://app.example.com/a#*",
        "https://me@app.example.com/*",
        "http://app.example.com/*",
        "/done",
        "//app.example.com/*",
        "https://app.example.com/a/../*",
        "https://app.example.com/a//*",
        "https://app.example.com/%2e%2e/*"
      })
  void refusesPatternsThatPromiseMoreThanTheyCheck(String pattern) {
    assertThatThrownBy(() -> WebUrls.returnUrl(pattern)).isInstanceOf(BadValueException.class);
  }
}
