package io.cloudconnector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookRequestTest {
  @Test
  void tellsEveryValueOfAParameterHoweverItsNameIsEncoded() {
    WebhookRequest request = at("?a=1&b=2&%61=3%204&a&ab=5");

    assertThat(request.queries("a")).containsExactly("1", "3 4", "");
    assertThat(request.queries("b")).containsExactly("2");
    assertThat(request.queries("c")).isEmpty();
  }

  @Test
  void tellsOfNoParametersWhereThereIsNoQuery() {
    assertThat(at("").queries("a")).isEmpty();
    assertThat(at("?").queries("a")).isEmpty();
  }

  private static WebhookRequest at(String query) {
    return new WebhookRequest() {
      @Override
      public String method() {
        return "GET";
      }

      @Override
      public Optional<String> header(String name) {
        return Optional.empty();
      }

      @Override
      public Optional<String> query(String name) {
        return queries(name).stream().findFirst();
      }

      @Override
      public URI externalUrl() {
        return URI.create("https://connect.example.com/webhooks/acme" + query);
      }

      @Override
      public byte[] body() {
        return new byte[0];
      }

      @Override
      public Instant receivedAt() {
        return Instant.EPOCH;
      }
    };
  }
}
