package io.cloudconnector.host.store;

import io.cloudconnector.host.config.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;

/**
 * Copies a SQLite database into a file, whether or not a host is at work on it. The file appears
 * under its name only when it is whole, checked and on disk; until then it has {@code .part} after
 * its name. Only its owner may read it, from the first byte.
 */
public final class SqliteBackup {
  private static final String OWNER_ONLY = "rw-------";

  private final SqliteFile database;
  private final Path target;
  private final Path part;

  private SqliteBackup(Path database, Path target) {
    this.database = new SqliteFile(database);
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
  }

  /**
   * Makes the copy.
   *
   * @param target absolute; must not exist, its folder must
   * @throws StartupException with one line that names the fault and the fix
   */
  public static void write(Path database, Path target) {
    new SqliteBackup(database, target).write();
  }

  private void write() {
    checkPlaces();
    claimPart();
    // Also when the process is told to stop; once renamed, there is none of that name.
    part.toFile().deleteOnExit();
    boolean done = false;
    try {
      SqliteCopy.make(database, part);
      toDisk(part);
      Files.move(part, target);
      toDisk(folder());
      done = true;
    } catch (SQLException e) {
      throw failed(oneLine(String.valueOf(e.getMessage())), e);
    } catch (IOException e) {
      throw failed(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    } finally {
      if (!done) {
        deletePart();
      }
    }
  }

  private void checkPlaces() {
    if (!Files.isRegularFile(database.path())) {
      throw new StartupException(
          "there is no database " + database.path() + "; look at database.url");
    }
    if (Files.exists(target)) {
      throw StartupException.configuration(
          target + " exists already and is left as it is; name another file");
    }
    if (!Files.isDirectory(folder())) {
      throw StartupException.configuration(
          "there is no folder " + folder() + "; make it, or name another file");
    }
  }

  private Path folder() {
    Path folder = target.getParent();
    return folder == null ? target : folder;
  }

  private void claimPart() {
    try {
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    } catch (FileAlreadyExistsException e) {
      throw new StartupException(
          part + " exists: another backup is writing it, or one was killed; then delete it", e);
    } catch (AccessDeniedException e) {
      throw new StartupException(
          "the folder " + folder() + " is not writable; name a file in another", e);
    } catch (IOException e) {
      throw failed(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private static void toDisk(Path fileOrFolder) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private StartupException failed(String why, Exception cause) {
    return new StartupException(
        "the backup "
            + target
            + " could not be made ("
            + why
            + "); look whether its disk is full. Nothing is left of it, and the database is unharmed",
        cause);
  }

  private void deletePart() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new StartupException(part + " is useless and could not be deleted; delete it", e);
    }
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
