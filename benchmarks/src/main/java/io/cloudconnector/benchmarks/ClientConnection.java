package io.cloudconnector.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of the load, with at most one request under way. */
final class ClientConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
  private int request;
  private long sentAt;

  private ClientConnection(SocketChannel channel) {
    this.channel = channel;
  }

  static ClientConnection open(InetSocketAddress address, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    ClientConnection connection = new ClientConnection(channel);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  void send(int number, byte[] bytes) throws IOException {
    request = number;
    sentAt = System.nanoTime();
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /** Reads what is there; true once the answer is whole. */
  boolean receive(LoadResult result) throws IOException {
    if (channel.read(answer) < 0) {
      throw new EOFException("the host closed a connection");
    }
    HttpAnswer read = HttpAnswer.in(answer.array(), answer.position());
    if (!read.isWhole()) {
      return false;
    }
    result.answered(request, read.status(), sentAt);
    answer.clear();
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
