package org.contexture.pipeline.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.contexture.file.DurableFile;

/**
 * Copies of remote files on a disk of this machine, under the same names. A file gets its name here
 * when all its bytes are there and are the right ones, so what has a name needs no second look.
 * Several processes may share the directory.
 */
public final class LocalCache implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where a worker that has another disk than the client says so. */
  public static final String WORKER_CACHE = "CONTEXTURE_WORKER_CACHE";

  /** What the name of a copy that is being fetched has after its later name. */
  public static final String FETCHED = ".fetched-";

  private final RemoteFiles files;
  private final String parent;

  /**
   * The copies of some files.
   *
   * @param parent holds a directory for each address; in a process whose environment has {@code
   *     CONTEXTURE_WORKER_CACHE}, that directory takes its place
   */
  public LocalCache(RemoteFiles files, Path parent) {
    this.files = files;
    this.parent = parent.toAbsolutePath().normalize().toString();
  }

  /** The directory of this machine. */
  public Path directory() {
    String here = System.getenv().getOrDefault(WORKER_CACHE, parent);
    return Path.of(here).resolve(files.address().directoryName());
  }

  /** The files that are copied. */
  public RemoteFiles files() {
    return files;
  }

  /** Where the copy of a file is or would be. */
  public Path path(String name) {
    return directory().resolve(name);
  }

  /**
   * The copy of a file; it is fetched if it is not here yet.
   *
   * @param sha256 of its content, in hexadecimal
   * @throws Failure (data) if the file is gone or has other bytes
   * @throws IOException if it cannot be reached, or there is no room for it here
   */
  public Path fetch(String name, String sha256) throws IOException {
    Path copy = path(name);
    if (Files.exists(copy)) {
      return copy;
    }
    Files.createDirectories(copy.getParent());
    Path temporary = copy.resolveSibling(copy.getFileName() + FETCHED + UUID.randomUUID());
    try {
      MessageDigest digest = DigestUtils.getSha256Digest();
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), digest)) {
        files.copyTo(name, out);
      } catch (RemoteFileException failed) {
        if (files.entry(name).isPresent()) {
          throw failed;
        }
        throw gone(name).causedBy(failed);
      }
      String actual = HexFormat.of().formatHex(digest.digest());
      if (!actual.equals(sha256)) {
        throw Failure.data(
            "%s is damaged: expected SHA-256 %s, actual %s. Remove its dataset and run the"
                + " experiment again.",
            files.address().of(name), sha256, actual);
      }
      DurableFile.force(temporary);
      Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return copy;
  }

  private Failure gone(String name) {
    return Failure.data(
        "%s is missing: somebody has removed it. Run the experiment again.",
        files.address().of(name));
  }

  /**
   * Makes a file of this machine a remote one and keeps it as the copy.
   *
   * @param file is moved; it has to be on the same disk as the cache
   */
  public void give(Path file, String name) throws IOException {
    files.upload(file, name);
    Path copy = path(name);
    Files.createDirectories(copy.getParent());
    Files.move(file, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
