package io.headwater.infra.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The right of one process to a data directory; the system takes it back when the process ends. */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE_NAME = "headwater.lock";

  /*
   * On POSIX systems a process loses its lock when it closes any handle of the locked file. So this
   * JVM must not even open the file of a directory that it holds already.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Creates the directory if need be and takes it.
   *
   * @throws LocalInfraException if it is taken already, by this process or another, or not writable
   */
  static DirectoryLock acquire(Path directory) {
    Path canonical = createdAndCanonical(directory);
    if (!HELD_HERE.add(canonical)) {
      throw taken(directory, "this process");
    }
    try {
      return new DirectoryLock(canonical, lockedChannel(directory, canonical.resolve(FILE_NAME)));
    } catch (RuntimeException e) {
      HELD_HERE.remove(canonical);
      throw e;
    }
  }

  private static Path createdAndCanonical(Path directory) {
    try {
      return Files.createDirectories(directory).toRealPath();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static FileChannel lockedChannel(Path directory, Path file) {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String owner = ownerIn(channel);
        channel.close();
        throw taken(directory, owner);
      }
      writeOwner(channel);
      return channel;
    } catch (IOException e) {
      closeAfter(e, channel);
      throw unusable(directory, e);
    }
  }

  private static void closeAfter(IOException fault, @Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        fault.addSuppressed(e);
      }
    }
  }

  private static String ownerIn(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(32);
    channel.read(buffer, 0);
    String owner = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).strip();
    return owner.isEmpty() ? "another process" : "process " + owner;
  }

  private static void writeOwner(FileChannel channel) throws IOException {
    channel.truncate(0);
    String owner = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static LocalInfraException taken(Path directory, String owner) {
    return new LocalInfraException(
        "The data directory "
            + directory
            + " is in use by "
            + owner
            + ": stop that instance first, or choose another data directory");
  }

  private static LocalInfraException unusable(Path directory, IOException fault) {
    return new LocalInfraException(
        "The data directory " + directory + " cannot be used: " + fault.getMessage(), fault);
  }

  /** Gives the directory back; once given back, further calls do nothing. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw unusable(directory, e);
    } finally {
      HELD_HERE.remove(directory);
    }
  }
}
