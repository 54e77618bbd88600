package io.cloudconnector.host.web;

import io.cloudconnector.host.delivery.CloudEvents;
import io.cloudconnector.host.delivery.Cursor;
import io.cloudconnector.host.delivery.FeedPage;
import io.cloudconnector.host.store.LoggedEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How events stand in a stream (the format of HTML's EventSource). */
final class ServerSentEvents {
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] END = ascii("\n\n");

  private ServerSentEvents() {}

  /** A line that readers skip; it shows both sides that the other is there. */
  static byte[] heartbeat() {
    return ascii(":\n\n");
  }

  static byte[] of(FeedPage page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (LoggedEvent event : page.events()) {
      out.writeBytes(ascii("id: " + new Cursor(event.seq()).text() + "\n"));
      data(out, CloudEvents.json(event));
    }
    return out.toByteArray();
  }

  /** A vendor's document may hold breaks of each kind, and each would end the line. */
  private static void data(ByteArrayOutputStream out, byte[] json) {
    out.writeBytes(DATA);
    for (int i = 0; i < json.length; i++) {
      boolean pair = json[i] == '\r' && i + 1 < json.length && json[i + 1] == '\n';
      if (json[i] != '\r' && json[i] != '\n') {
        out.write(json[i]);
      } else if (!pair) {
        out.write('\n');
        out.writeBytes(DATA);
      }
    }
    out.writeBytes(END);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
