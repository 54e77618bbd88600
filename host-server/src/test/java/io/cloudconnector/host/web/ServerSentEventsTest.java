package io.cloudconnector.host.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.api.VendorType;
import io.cloudconnector.host.delivery.Cursor;
import io.cloudconnector.host.delivery.FeedPage;
import io.cloudconnector.host.store.Bytes;
import io.cloudconnector.host.store.LoggedEvent;
import io.cloudconnector.host.store.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {
  @Test
  void eachLineOfADocumentIsALineOfData() {
    String text = framed("{\"a\":\r\n1,\r\"b\":\n\"Ü\"\n}");

    assertThat(text).startsWith("id: c7\ndata: {\"specversion\"").endsWith("}}\n\n");
    assertThat(text)
        .contains("\"data\":{\"a\":\ndata: 1,\ndata: \"b\":\ndata: \"Ü\"\ndata: }}\n\n");
    assertThat(text).doesNotContain("\r");
  }

  @Test
  void aHeartbeatIsNoEvent() {
    assertThat(new String(ServerSentEvents.heartbeat(), StandardCharsets.UTF_8)).isEqualTo(":\n\n");
  }

  private static String framed(String document) {
    NewEvent event =
        new NewEvent(
            "e1",
            "data.updated",
            new VendorType("acme"),
            "ann",
            "acme/ann",
            "run",
            "7",
            "t",
            "live",
            Instant.EPOCH,
            "application/json",
            Bytes.of(document.getBytes(StandardCharsets.UTF_8)));
    FeedPage page = new FeedPage(List.of(new LoggedEvent(7, event)), new Cursor(7));
    return new String(ServerSentEvents.of(page), StandardCharsets.UTF_8);
  }
}
