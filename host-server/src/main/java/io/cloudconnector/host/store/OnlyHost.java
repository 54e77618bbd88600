package io.cloudconnector.host.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second host off a SQLite file: it would take what the first has on its way for a dead
 * one's, and ask vendors with the same refresh tokens. The system lets go of it when a process
 * dies.
 */
final class OnlyHost implements AutoCloseable {
  private final FileChannel channel;

  private OnlyHost(FileChannel channel) {
    this.channel = channel;
  }

  static OnlyHost on(Path database) {
    // Not the database itself: closing any handle on it would take SQLite's own locks away.
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new DatabaseStartupException(
            "the database "
                + database
                + " is in use by another host; stop that one first, or name another file in"
                + " database.url");
      }
      return new OnlyHost(channel);
    } catch (IOException e) {
      throw new DatabaseStartupException(
          "the file "
              + file
              + " that keeps other hosts away cannot be locked ("
              + e.getMessage()
              + "); give the host's user the right to write it, on a disk that knows locks",
          e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException withinThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
