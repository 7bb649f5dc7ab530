package org.contexture.pipeline;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.contexture.file.DurableFile;

/** A file of a local or shared file system, created exclusively and whole by a hard link. */
record LocalLock(Path file) implements LockFile {

  @Override
  public boolean create(Lease.Owner owner, Clock clock) throws IOException {
    if (Files.exists(file)) {
      return false;
    }
    Files.createDirectories(file.getParent());
    Path complete = LocalStaging.temporary(file);
    DurableFile.write(complete, owner.toJson());
    try {
      Files.setLastModifiedTime(complete, FileTime.from(clock.instant()));
      Files.createLink(file, complete);
      return true;
    } catch (FileAlreadyExistsException held) {
      return false;
    } finally {
      Files.delete(complete);
    }
  }

  @Override
  public Optional<Lease.Owner> owner() throws IOException {
    try {
      return Optional.of(Lease.Owner.parse(Files.readAllBytes(file), file.toString()));
    } catch (NoSuchFileException released) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Instant> renewed() throws IOException {
    return LocalStaging.modified(file);
  }

  @Override
  public void renew(Lease.Owner owner, Clock clock) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
  }

  @Override
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public LockFile claimAfter(Lease.Owner dead) {
    return new LocalLock(file.resolveSibling(file.getFileName() + ".over-" + dead.token()));
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
