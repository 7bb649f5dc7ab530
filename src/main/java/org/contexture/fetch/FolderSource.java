package org.contexture.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Takes a file from a folder: by a hard link where the disk is the same, else as a copy. */
final class FolderSource {
  private static final int BUFFER = 1 << 20;

  Fetched fetch(RemoteFile file, URI source, Path directory, FetchListener listener)
      throws IOException, SourceException {
    Path original = Path.of(source);
    if (!Files.isRegularFile(original)) {
      throw SourceException.forGood("is not there");
    }
    Checksum sha256 = verified(file, original, listener);
    Path target = directory.resolve(file.name());
    if (!linked(original, target)) {
      copy(file, original, target);
    }
    return new Fetched(target, Files.size(target), sha256, source);
  }

  /** What an earlier fetch brought here whole. */
  Optional<Fetched> resume(RemoteFile file, Path directory, FetchListener listener)
      throws IOException {
    Path target = directory.resolve(file.name());
    if (!Files.exists(target)) {
      return Optional.empty();
    }
    try {
      Checksum sha256 = verified(file, target, listener);
      return Optional.of(new Fetched(target, Files.size(target), sha256, target.toUri()));
    } catch (SourceException damaged) {
      Files.delete(target);
      return Optional.empty();
    }
  }

  /** Makes sure of the content, and gives its SHA-256. */
  private static Checksum verified(RemoteFile file, Path original, FetchListener listener)
      throws IOException, SourceException {
    long bytes = Files.size(original);
    ContentDigests digests = new ContentDigests(file.checksum().algorithm());
    long done = 0;
    try (InputStream in = Files.newInputStream(original)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digests.add(buffer, read);
        done += read;
        listener.progress(done, bytes);
      }
    }
    file.require(digests.ofExpectedKind());
    return digests.sha256();
  }

  private static boolean linked(Path original, Path target) {
    try {
      Files.createLink(target, original.toRealPath());
      return true;
    } catch (IOException | UnsupportedOperationException otherDisk) {
      return false;
    }
  }

  private static void copy(RemoteFile file, Path original, Path target) throws IOException {
    FileStore disk = Files.getFileStore(target.getParent());
    FreeSpace.require(file.name(), Files.size(original), target.getParent(), disk);
    Path part = target.resolveSibling(file.name() + ".copy");
    Files.copy(original, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
