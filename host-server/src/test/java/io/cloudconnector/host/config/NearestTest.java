package io.cloudconnector.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN = List.of("host", "port", "publicUrl", "clientId");

  @ParameterizedTest
  @CsvSource({
    "prot, port",
    "por, port",
    "hots, host",
    "publicURL, publicUrl",
    "public_url, publicUrl",
    "public-url, publicUrl",
    "client_id, clientId",
    "clientID, clientId"
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(Nearest.suggestion(written, KNOWN)).isEqualTo("did you mean '" + meant + "'?");
  }

  @Test
  void listsAllWhereNothingIsNear() {
    assertThat(Nearest.suggestion("colour", KNOWN))
        .isEqualTo("known are host, port, publicUrl, clientId");
  }
}
