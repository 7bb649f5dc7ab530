package org.contexture.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.io.input.UncheckedFilterInputStream;
import org.contexture.failure.Failure;

/**
 * The files of a tar archive compressed with gzip, in its order; what the system put there is left
 * out. Such an archive can only be read from its beginning, so it is one part, read in one pass.
 */
public final class TarArchive implements FileSource {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 16;

  /** What the library makes of bytes in a path that are not UTF-8. */
  private static final char UNDECODABLE = '?';

  private final String location;

  /** An archive on disk. */
  public TarArchive(Path path) {
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
    try (BoundedInputStream compressed =
            BoundedInputStream.builder()
                .setInputStream(new BufferedInputStream(opened(file), BUFFER))
                .get();
        TarArchiveInputStream tar = tar(compressed)) {
      new Pass(location, receiver, compressed, Files.size(file)).over(tar);
    } catch (NoSuchFileException missing) {
      throw Failure.data("There is no file %s.", location).causedBy(missing);
    } catch (DamagedException damaged) {
      throw Failure.data(
              "%s is not a complete tar.gz archive (%s). It may have been cut short on the way"
                  + " here: fetch it again.",
              location, damaged.getMessage())
          .causedBy(damaged);
    }
  }

  /** Its bytes; a disk that fails is no archive that is damaged, and unchecked. */
  private static InputStream opened(Path file) throws IOException {
    return UncheckedFilterInputStream.builder().setInputStream(Files.newInputStream(file)).get();
  }

  private static TarArchiveInputStream tar(InputStream compressed) throws DamagedException {
    try {
      return new TarArchiveInputStream(
          new GZIPInputStream(compressed, BUFFER), StandardCharsets.UTF_8.name());
    } catch (IOException noGzip) {
      throw new DamagedException(noGzip);
    }
  }

  /** The archive is wrong as a whole, and not the disk that it is written to. */
  private static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(Exception cause) {
      super(
          cause instanceof EOFException && cause.getMessage() == null
              ? "it ends too early"
              : cause.getMessage(),
          cause);
    }
  }

  /** One reading of an archive. */
  private static final class Pass {
    private final String location;
    private final Receiver receiver;
    private final BoundedInputStream compressed;
    private final long length;
    private final Set<String> seen = new HashSet<>();

    Pass(String location, Receiver receiver, BoundedInputStream compressed, long length) {
      this.location = location;
      this.receiver = receiver;
      this.compressed = compressed;
      this.length = length;
    }

    void over(TarArchiveInputStream tar) throws IOException {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        if (!entry.isDirectory() && !EntryPath.isHidden(entry.getName())) {
          if (seen.size() == MAXIMUM_FILES) {
            throw Failure.data(
                "%s has more than %d files; more are not read.", location, MAXIMUM_FILES);
          }
          take(entry, tar);
        }
        receiver.progress(compressed.getCount(), length, Counted.BYTES);
      }
    }

    private void take(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
      Optional<String> refusal = refusal(entry);
      if (refusal.isPresent()) {
        receiver.refused(entry.getName(), refusal.get());
        return;
      }
      receiver.file(entry.getName(), content(entry, tar));
    }

    private Optional<String> refusal(TarArchiveEntry entry) {
      Optional<String> ofPath = EntryPath.refusal(entry.getName());
      Optional<String> ofLength = EntryLength.refusal(entry.getSize());
      if (ofPath.isPresent()) {
        return ofPath;
      } else if (entry.getName().indexOf(UNDECODABLE) >= 0) {
        return Optional.of("its path is not UTF-8, or has a '?'");
      } else if (entry.isSymbolicLink() || entry.isLink()) {
        return Optional.of("it is a link; links are not followed");
      } else if (isSpecial(entry)) {
        return Optional.of("it is a device or another special file; only regular files are read");
      } else if (ofLength.isPresent()) {
        return ofLength;
      } else if (!seen.add(entry.getName())) {
        return Optional.of("the archive holds several files of this path; the first is taken");
      }
      return Optional.empty();
    }

    private static boolean isSpecial(TarArchiveEntry entry) {
      return entry.isCharacterDevice()
          || entry.isBlockDevice()
          || entry.isFIFO()
          || entry.isSparse()
          || !entry.isFile();
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar) throws DamagedException {
      try {
        return tar.getNextEntry();
      } catch (IOException | IllegalArgumentException damaged) {
        throw new DamagedException(damaged);
      }
    }

    private static byte[] content(TarArchiveEntry entry, TarArchiveInputStream tar)
        throws DamagedException {
      int declared = (int) entry.getSize();
      try {
        byte[] content = EntryContent.read(tar, declared);
        if (content.length != declared) {
          throw new EOFException();
        }
        return content;
      } catch (IOException damaged) {
        throw new DamagedException(damaged);
      }
    }
  }
}
