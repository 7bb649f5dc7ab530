package org.contexture.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.failure.Failure;

/** A file that is no archive, under its own name. */
public final class SingleFile implements FileSource {
  private static final long serialVersionUID = 1L;

  private final String location;

  public SingleFile(Path path) {
    this.location = path.toString();
  }

  @Override
  public String description() {
    return location;
  }

  @Override
  public String digest(FileDigests digests) throws IOException {
    return digests.sha256(Path.of(location));
  }

  @Override
  public List<EntryRange> parts(long bytes) {
    return List.of(EntryRange.ALL);
  }

  @Override
  public Opened open() {
    return (whole, receiver) -> unpack(receiver);
  }

  private void unpack(Receiver receiver) throws IOException {
    Path file = Path.of(location);
    String name = file.getFileName().toString();
    try {
      Optional<String> refusal = EntryLength.refusal(Files.size(file));
      if (refusal.isPresent()) {
        receiver.refused(name, refusal.get());
      } else {
        receiver.file(name, Files.readAllBytes(file));
      }
    } catch (NoSuchFileException missing) {
      throw Failure.data("There is no file %s.", location).causedBy(missing);
    }
  }
}
