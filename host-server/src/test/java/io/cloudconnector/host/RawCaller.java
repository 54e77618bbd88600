package io.cloudconnector.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends bytes that no HTTP client would send, over one connection for as long as that lasts. Fails
 * when an answer does not come in time. Thread-safe, one request after the other.
 */
final class RawCaller implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final Pattern LENGTH =
      Pattern.compile("content-length: *([0-9]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CLOSE =
      Pattern.compile("connection: *close", Pattern.CASE_INSENSITIVE);

  private final int port;
  private @Nullable Socket socket;

  RawCaller(int port) {
    this.port = port;
  }

  /**
   * An answer.
   *
   * @param status 0 when the host hung up without a word
   */
  record Heard(int status, String text) {}

  /** What is answered to a request; the body of an endless answer is not read. */
  synchronized Heard send(String method, byte[] head, byte[] body) {
    try {
      return sent(method, head, body);
    } catch (IOException e) {
      hangUp();
      throw new UncheckedIOException(e);
    }
  }

  private Heard sent(String method, byte[] head, byte[] body) throws IOException {
    Socket open = socket == null ? connect() : socket;
    socket = open;
    if (open.getInputStream().available() > 0) {
      throw new IOException("the host has said more than it was asked");
    }
    open.getOutputStream().write(head);
    open.getOutputStream().write(body);
    String answer = head(open.getInputStream());
    if (answer.isEmpty()) {
      hangUp();
      return new Heard(0, "");
    }
    if (!answer.startsWith("HTTP/1.1 ")) {
      throw new IOException("an answer of the host begins so: " + answer);
    }
    Matcher length = LENGTH.matcher(answer);
    boolean none = method.equals("HEAD") || answer.startsWith("HTTP/1.1 204");
    if (!none && length.find()) {
      answer +=
          new String(
              open.getInputStream().readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1);
    } else if (!none) {
      hangUp();
    }
    if (CLOSE.matcher(answer).find()) {
      hangUp();
    }
    return new Heard(Integer.parseInt(answer.substring(9, 12)), answer);
  }

  private Socket connect() throws IOException {
    Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port);
    fresh.setSoTimeout(PATIENCE_MILLIS);
    fresh.setTcpNoDelay(true);
    return fresh;
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int read = in.read(); read >= 0; read = in.read()) {
      head.write(read);
      last = (last << 8) | read;
      if (last == 0x0d0a0d0a) {
        break;
      }
    }
    return head.toString(ISO_8859_1);
  }

  private void hangUp() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        socket = null;
      }
    }
  }

  @Override
  public synchronized void close() {
    hangUp();
  }
}
