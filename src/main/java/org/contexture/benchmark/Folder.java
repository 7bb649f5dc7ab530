package org.contexture.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;

/**
 * The regular files below a folder, or those of them that are asked for, sorted by path. Files and
 * folders whose names begin with a dot are the system's and left out; links below the folder are
 * refused, and so are names that cannot be told from others.
 */
public final class Folder implements IndexedSource {
  private static final long serialVersionUID = 2L;

  private final String root;
  private final Choice choice;

  private Folder(Path root, Choice choice) {
    this.root = root.toString();
    this.choice = choice;
  }

  /** All files below a folder. */
  public Folder(Path root) {
    this(root, Folder::below);
  }

  /** The files below a folder that a list names, as far as they are there; no other is touched. */
  static Folder listed(Path root, PathList list) {
    return new Folder(root, folder -> named(folder, list.paths()));
  }

  /** Paths below a folder, separated by '/', read where the folder is read. */
  interface PathList extends Serializable {
    Collection<String> paths() throws IOException;
  }

  /** Which files of a folder are meant. */
  private interface Choice extends Serializable {
    List<Path> files(Path folder) throws IOException;
  }

  private static List<Path> below(Path folder) throws IOException {
    Path place = folder.toRealPath();
    try (Stream<Path> walk = Files.walk(place)) {
      return walk.filter(file -> !file.equals(place))
          .map(file -> folder.resolve(place.relativize(file)))
          .toList();
    }
  }

  private static List<Path> named(Path folder, Collection<String> paths) {
    return paths.stream()
        .filter(path -> EntryPath.refusal(path).isEmpty())
        .map(path -> upToALink(folder, path))
        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
        .distinct()
        .toList();
  }

  /** A file below a folder, or the first link on the way to it. */
  private static Path upToALink(Path folder, String path) {
    Path file = folder;
    try {
      for (Path name : Path.of(path).normalize()) {
        file = file.resolve(name);
        if (Files.isSymbolicLink(file)) {
          break;
        }
      }
    } catch (InvalidPathException otherEncoding) {
      throw Failure.environment(
              "The system's encoding has no name for the file %s in %s: set LC_ALL=C.UTF-8.",
              path, folder)
          .causedBy(otherEncoding);
    }
    return file;
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
    return choice.files(folder).stream()
        .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
        .filter(file -> !EntryPath.isHidden(relative(file)))
        .sorted(Comparator.comparing(this::relative))
        .toList();
  }

  private String relative(Path file) {
    return Path.of(root).relativize(file).toString().replace(File.separatorChar, '/');
  }

  @Override
  public Contents contents() throws IOException {
    List<Path> files = files();
    List<Entry> entries = new ArrayList<>();
    for (Path file : files) {
      boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      entries.add(new Entry(relative(file), regular ? Files.size(file) : 0));
    }
    return new FolderContents(files, List.copyOf(entries));
  }

  private record FolderContents(List<Path> files, List<Entry> entries) implements Contents {

    @Override
    public byte[] read(int entry) throws IOException, UnusableEntryException {
      Path file = files.get(entry);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnusableEntryException("it is a link or a device; only regular files are read");
      }
      Optional<String> refusal =
          EntryPath.refusal(entries.get(entry).path())
              .or(() -> EntryLength.refusal(entries.get(entry).bytes()));
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
