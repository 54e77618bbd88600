package io.cloudconnector.host.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second host off a SQLite file: it would take what the first has on its way for a dead
 * one's, and ask vendors with the same refresh tokens. The system lets go of it when a process
 * dies.
 */
final class OnlyHost implements AutoCloseable {
  /** Of this process: to try for its own lock once more would lose it on some systems. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private OnlyHost(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** On a file in a folder that exists, however it is named. */
  static OnlyHost on(Path database) {
    Path file = lockOf(database);
    if (!HELD.add(file)) {
      throw inUse(database);
    }
    try {
      return new OnlyHost(file, locked(file, database));
    } catch (IOException e) {
      HELD.remove(file);
      throw new DatabaseStartupException(
          "the file "
              + file
              + " that keeps other hosts away cannot be locked ("
              + e.getMessage()
              + "); give the host's user the right to write it, on a disk that knows locks",
          e);
    } catch (RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
  }

  /** Not the database itself: closing any handle on it would take SQLite's own locks away. */
  private static Path lockOf(Path database) {
    try {
      if (!Files.exists(database)) {
        // A link to a file that is still to come has no real name.
        Files.newByteChannel(database, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      }
      Path real = database.toRealPath();
      return real.resolveSibling(real.getFileName() + ".lock");
    } catch (IOException e) {
      throw new DatabaseStartupException(
          "the database " + database + " cannot be created or opened (" + e.getMessage() + ")", e);
    }
  }

  private static FileChannel locked(Path file, Path database) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw inUse(database);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static DatabaseStartupException inUse(Path database) {
    return new DatabaseStartupException(
        "the database "
            + database
            + " is in use by another host; stop that one first, or name another file in"
            + " database.url");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(file);
  }
}
