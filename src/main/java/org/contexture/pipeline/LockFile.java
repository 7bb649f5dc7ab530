package org.contexture.pipeline;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** A file that says who is making a dataset. Its text is where it is. */
interface LockFile {

  /** Creates it in the name of an owner; false if there is one, or if another was faster. */
  boolean create(Lease.Owner owner, Clock clock) throws IOException, InterruptedException;

  /** Whose it is; empty if there is none. */
  Optional<Lease.Owner> owner() throws IOException;

  /** When it was created or renewed last; empty if there is none. */
  Optional<Instant> renewed() throws IOException;

  /** Says that its owner is alive. */
  void renew(Lease.Owner owner, Clock clock) throws IOException;

  /** Removes it, if it is there. */
  void delete() throws IOException;

  /** The right to remove it after the death of an owner. */
  LockFile claimAfter(Lease.Owner dead);

  /** Whether there is one. */
  default boolean exists() throws IOException {
    return renewed().isPresent();
  }
}
