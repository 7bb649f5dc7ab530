package org.contexture.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;

/**
 * The regular files below a folder, sorted by path. Files and folders whose names begin with a dot
 * are the system's and left out; links below the folder are refused.
 */
public final class Folder implements IndexedSource {
  private static final long serialVersionUID = 1L;

  private final String root;

  public Folder(Path root) {
    this.root = root.toString();
  }

  @Override
  public String description() {
    return root;
  }

  /** Over the sorted paths and the digest of each file. */
  @Override
  public String digest(FileDigests digests) throws IOException {
    StringBuilder listing = new StringBuilder();
    for (Path file : files()) {
      listing
          .append(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? digests.sha256(file) : "")
          .append(' ')
          .append(relative(file))
          .append('\n');
    }
    return DigestUtils.sha256Hex(listing.toString().getBytes(StandardCharsets.UTF_8));
  }

  private List<Path> files() throws IOException {
    Path folder = Path.of(root);
    if (!Files.isDirectory(folder)) {
      throw Failure.data("There is no folder %s.", root);
    }
    Path place = folder.toRealPath();
    try (Stream<Path> walk = Files.walk(place)) {
      return walk.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> folder.resolve(place.relativize(file)))
          .filter(file -> !EntryPath.isHidden(relative(file)))
          .sorted(Comparator.comparing(this::relative))
          .toList();
    }
  }

  private String relative(Path file) {
    return Path.of(root).relativize(file).toString().replace('\\', '/');
  }

  @Override
  public Opened open() throws IOException {
    List<Path> files = files();
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      entries.add(new Entry(relative(file), regular ? Files.size(file) : 0));
    }
    return new OpenedFolder(files, List.copyOf(entries));
  }

  private record OpenedFolder(List<Path> files, List<Entry> entries) implements Opened {

    @Override
    public byte[] read(int entry) throws IOException, UnusableEntryException {
      Path file = files.get(entry);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnusableEntryException("it is a link or a device; only regular files are read");
      }
      Optional<String> refusal = EntryLength.refusal(entries.get(entry).bytes());
      if (refusal.isPresent()) {
        throw new UnusableEntryException(refusal.get());
      }
      try {
        return Files.readAllBytes(file);
      } catch (AccessDeniedException denied) {
        throw new UnusableEntryException("it may not be read");
      }
    }

    @Override
    public void close() {}
  }
}
