package io.cloudconnector.host.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudconnector.host.config.ProxySettings;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Nobody holds a connection by sending bit by bit, and there is an end to connections. */
@Isolated("it measures how slow a caller is")
@Timeout(60)
final class SlowCallersTest {
  private static final String HEAD = "POST /body HTTP/1.1\r\nHost: h\r\n";
  private final TestServer server =
      new TestServer(
          new HttpBounds(Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMinutes(1), 3),
          ProxySettings.NONE,
          Optional.empty());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aHeadThatTricklesEndsTheConnection() throws IOException {
    try (Socket socket = server.connect()) {
      assertThat(trickled(socket, HEAD + "X-Trickle: ")).isEmpty();
    }
  }

  @Test
  void aConnectionThatNeverSaysAnythingIsClosed() throws IOException {
    try (Socket socket = server.connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aSecondHeadThatTricklesEndsTheConnectionToo() throws IOException {
    try (Socket socket = server.connect()) {
      send(socket, HEAD + "Content-Length: 2\r\n\r\n{}");
      String answered = trickled(socket, HEAD + "X-Trickle: ");
      assertThat(answered).startsWith("HTTP/1.1 200 ");
      assertThat(answered.split("HTTP/1.1", -1)).hasSize(2);
    }
  }

  @Test
  void aBodyThatTricklesEndsTheConnection() throws IOException {
    try (Socket socket = server.connect()) {
      assertThat(trickled(socket, HEAD + "Content-Length: 100000\r\n\r\n")).doesNotContain("200");
    }
  }

  /** Nothing reads it but what makes room for the next request. */
  @Test
  void aBodyThatNobodyWantsEndsTheConnectionWhenItTrickles() throws IOException {
    String unwanted = "POST /nowhere HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n";
    try (Socket socket = server.connect()) {
      assertThat(trickled(socket, unwanted)).doesNotContain("200");
    }
  }

  @Test
  void aConnectionThatIsKeptBetweenRequestsIsLeftAlone() throws IOException {
    try (Socket socket = server.connect()) {
      send(socket, HEAD + "Content-Length: 2\r\n\r\n{}");
      assertAnswered(socket);
      assertThat(untilSilentFor(socket, 1_500)).as("longer than a head may take").isEmpty();
      send(socket, HEAD + "Content-Length: 3\r\nConnection: close\r\n\r\n{ }");
      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").endsWith("3");
    }
  }

  /** More wait in the system's queue, where they cost this process nothing. */
  @Test
  void moreConnectionsThanThereIsRoomForWaitUntilOthersEnd() throws IOException {
    try (Socket first = server.connect();
        Socket second = server.connect();
        Socket third = server.connect()) {
      for (Socket socket : new Socket[] {first, second, third}) {
        send(socket, HEAD + "Content-Length: 2\r\n\r\n{}");
        assertAnswered(socket);
      }
      try (Socket fourth = server.connect()) {
        send(fourth, HEAD + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
        assertThat(untilSilentFor(fourth, 500)).isEmpty();
        first.shutdownOutput();
        fourth.setSoTimeout(30_000);
        assertThat(rest(fourth)).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  private static void assertAnswered(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith("\r\n\r\n2")) {
      int read = socket.getInputStream().read();
      assertThat(read).as(text.toString()).isNotNegative();
      text.append((char) read);
    }
    assertThat(text.toString()).startsWith("HTTP/1.1 200 ");
  }

  /** What comes until there is a pause. */
  private static String untilSilentFor(Socket socket, int millis) throws IOException {
    StringBuilder text = new StringBuilder();
    socket.setSoTimeout(millis);
    try {
      for (int read = socket.getInputStream().read();
          read >= 0;
          read = socket.getInputStream().read()) {
        text.append((char) read);
      }
    } catch (SocketTimeoutException silent) {
      return text.toString();
    } finally {
      socket.setSoTimeout(30_000);
    }
    return text.toString();
  }

  /** Sends one byte more whenever nothing comes for a moment; returns once the server hangs up. */
  private static String trickled(Socket socket, String begun) throws IOException {
    StringBuilder text = new StringBuilder();
    send(socket, begun);
    socket.setSoTimeout(50);
    while (true) {
      try {
        int read = socket.getInputStream().read();
        if (read < 0) {
          return text.toString();
        }
        text.append((char) read);
      } catch (SocketTimeoutException silent) {
        if (!sentOneMore(socket)) {
          return text.toString();
        }
      } catch (IOException reset) {
        return text.toString();
      }
    }
  }

  private static boolean sentOneMore(Socket socket) {
    try {
      send(socket, "x");
      return true;
    } catch (IOException hungUp) {
      return false;
    }
  }
}
