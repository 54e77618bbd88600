package io.cloudconnector.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A vendor on a real socket that misbehaves as told: it hangs up, cuts off, trickles. */
final class RawServer implements AutoCloseable {
  /** What happens to the n-th request (from 0), and whether its connection stays open. */
  interface Behaviour {
    boolean answer(int request, OutputStream out) throws Exception;
  }

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requestLines = new CopyOnWriteArrayList<>();
  private final List<Exception> ends = new CopyOnWriteArrayList<>();

  RawServer(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    threads.execute(this::accept);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
  }

  /** The requests that arrived, such as {@code GET /a HTTP/1.1}. */
  List<String> requestLines() {
    return requestLines;
  }

  /** How behaviours ended that failed, such as by writing to a client that has gone. */
  List<Exception> ends() {
    return ends;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      boolean open = true;
      for (String line = in.readLine(); open && line != null; line = open ? in.readLine() : null) {
        skipHeaders(in);
        open = behaviour.answer(arrived(line), socket.getOutputStream());
      }
    } catch (Exception end) {
      ends.add(end);
    }
  }

  private synchronized int arrived(String line) {
    requestLines.add(line);
    return requestLines.size() - 1;
  }

  private static void skipHeaders(BufferedReader in) throws IOException {
    String header = in.readLine();
    while (header != null && !header.isEmpty()) {
      header = in.readLine();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
