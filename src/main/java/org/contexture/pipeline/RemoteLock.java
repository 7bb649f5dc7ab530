package org.contexture.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.contexture.pipeline.remote.RemoteFileException;
import org.contexture.pipeline.remote.RemoteFiles;

/**
 * A file of a file system that cannot create one exclusively: it is written where there is none,
 * and read back a moment later. Of several that write it in that moment, the last one has it. Who
 * is slower than that moment is not kept out: then two processes make the same dataset, which costs
 * time and does no harm, since nothing that is read is ever replaced by other bytes.
 *
 * <p>Where a file is not replaced in one step there is none for an instant while it is renewed. So
 * there is none only if there is none a moment later either.
 *
 * @param name of the file
 * @param moment after which it is read back, or looked for again
 */
record RemoteLock(RemoteFiles files, String name, Duration moment) implements LockFile {
  /** Several times what it takes to write a small object. */
  static final Duration MOMENT = Duration.ofMillis(500);

  @Override
  public boolean create(Lease.Owner owner, Clock clock) throws IOException, InterruptedException {
    if (exists() || (!files.replaceInOneStep() && existsLater())) {
      return false;
    }
    files.write(name, owner.toJson());
    Thread.sleep(moment.toMillis());
    return owner().filter(owner::equals).isPresent();
  }

  private boolean existsLater() throws IOException, InterruptedException {
    Thread.sleep(moment.toMillis());
    return exists();
  }

  @Override
  public Optional<Lease.Owner> owner() throws IOException {
    if (files.replaceInOneStep()) {
      return read();
    }
    try {
      Optional<Lease.Owner> owner = read();
      if (owner.isPresent()) {
        return owner;
      }
    } catch (RemoteFileException goneWhileItWasRead) {
      // as if it had not been there
    }
    try {
      Thread.sleep(moment.toMillis());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    return read();
  }

  private Optional<Lease.Owner> read() throws IOException {
    return files.read(name).map(json -> Lease.Owner.parse(json, toString()));
  }

  @Override
  public Optional<Instant> renewed() throws IOException {
    return files.entry(name).map(entry -> Instant.ofEpochMilli(entry.modified()));
  }

  @Override
  public void renew(Lease.Owner owner, Clock clock) throws IOException {
    files.write(name, owner.toJson());
  }

  @Override
  public void delete() throws IOException {
    files.delete(List.of(name));
  }

  @Override
  public LockFile claimAfter(Lease.Owner dead) {
    return new RemoteLock(files, name + ".over-" + dead.token(), moment);
  }

  @Override
  public String toString() {
    return files.address().of(name);
  }
}
