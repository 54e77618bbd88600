package io.cloudconnector.host.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** A SQLite database file and how it is opened. */
record SqliteFile(Path path) {
  private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  /** In kilobytes, which a minus says; filled as far as it is used. */
  private static final int WRITER_CACHE = -16_384;

  private static final Duration BUSY = Duration.ofSeconds(10);

  /** Creates the folder and looks whether the file, if there is one, can be used. */
  void check() {
    Path folder = path.getParent();
    if (folder == null || Files.isDirectory(path)) {
      throw refused("is a folder", "name a file in database.url");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new DatabaseStartupException(
          "the folder "
              + folder
              + " of the database cannot be created ("
              + reason(e)
              + ");"
              + " create it, or name another file in database.url",
          e);
    }
    if (!Files.isWritable(folder)) {
      throw refused(
          "cannot be created or changed: the folder is not writable",
          "give the host's user the right to write there, or name another file in database.url");
    }
    if (Files.exists(path)) {
      checkFile();
    }
  }

  private void checkFile() {
    if (!Files.isReadable(path) || !Files.isWritable(path)) {
      throw refused(
          "cannot be read and written", "give the host's user the right, or name another file");
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(HEADER.length);
    } catch (IOException e) {
      throw new DatabaseStartupException(
          "the database " + path + " cannot be read (" + reason(e) + "); restore a backup", e);
    }
    if (start.length > 0 && !Arrays.equals(start, HEADER)) {
      throw refused("is not a SQLite database", "restore a backup, or name another file");
    }
  }

  private DatabaseStartupException refused(String fault, String fix) {
    return new DatabaseStartupException("the database " + path + " " + fault + "; " + fix);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
  }

  /**
   * Connections whose commits are on disk when they return. Transactions take the write lock at
   * once: one that read first and then wants it would be refused instead of waiting.
   */
  DataSource writing() {
    SQLiteConfig config = common();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setCacheSize(WRITER_CACHE);
    return source(config);
  }

  /** Connections that cannot write. */
  DataSource reading() {
    SQLiteConfig config = common();
    config.setReadOnly(true);
    return source(config);
  }

  private static SQLiteConfig common() {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout((int) BUSY.toMillis());
    return config;
  }

  private DataSource source(SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + path);
    return source;
  }
}
