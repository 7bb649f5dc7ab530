package org.contexture.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.contexture.failure.Failure;

/**
 * The files of a zip archive, in the order of its directory; what the system put there is left out.
 */
public final class ZipArchive implements IndexedSource {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final Place place;

  private enum Place {
    FILE,
    CLASS_PATH
  }

  private ZipArchive(String location, Place place) {
    this.location = location;
    this.place = place;
  }

  /** An archive on disk. */
  public static ZipArchive file(Path path) {
    return new ZipArchive(path.toString(), Place.FILE);
  }

  /** An archive that is part of the product, beside this class. */
  static ZipArchive bundled(String name) {
    return new ZipArchive(name, Place.CLASS_PATH);
  }

  @Override
  public String description() {
    return location;
  }

  @Override
  public String digest(FileDigests digests) throws IOException {
    return switch (place) {
      case FILE -> digests.sha256(Path.of(location));
      case CLASS_PATH -> DigestUtils.sha256Hex(bundledBytes());
    };
  }

  private byte[] bundledBytes() throws IOException {
    try (InputStream in = ZipArchive.class.getResourceAsStream(location)) {
      if (in == null) {
        throw new IllegalStateException(location + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  @Override
  public Contents contents() throws IOException {
    SeekableByteChannel channel =
        switch (place) {
          case FILE -> openFile();
          case CLASS_PATH -> new SeekableInMemoryByteChannel(bundledBytes());
        };
    ZipFile zip;
    try {
      zip = ZipFile.builder().setSeekableByteChannel(channel).get();
    } catch (UncheckedIOException unreadable) {
      channel.close();
      throw unreadable;
    } catch (IOException | IllegalArgumentException broken) {
      channel.close();
      throw Failure.data(
              "%s is not a complete zip archive (%s). It may have been cut short on the way here:"
                  + " fetch it again.",
              location, broken.getMessage())
          .causedBy(broken);
    }
    return new ZipContents(location, zip);
  }

  private SeekableByteChannel openFile() throws IOException {
    try {
      return new ReadAheadChannel(FileChannel.open(Path.of(location), StandardOpenOption.READ));
    } catch (NoSuchFileException missing) {
      throw Failure.data("There is no file %s.", location).causedBy(missing);
    }
  }

  private static final class ZipContents implements Contents {
    private final ZipFile zip;
    private final List<ZipArchiveEntry> files = new ArrayList<>();
    private final List<Entry> entries;
    private final Set<String> duplicates = new HashSet<>();

    ZipContents(String location, ZipFile zip) throws IOException {
      this.zip = zip;
      Set<String> seen = new HashSet<>();
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (!entry.isDirectory() && !EntryPath.isHidden(entry.getName())) {
          files.add(entry);
          if (hasUtf8Name(entry) && !seen.add(entry.getName())) {
            duplicates.add(entry.getName());
          }
        }
      }
      if (files.size() > MAXIMUM_FILES) {
        zip.close();
        throw Failure.data(
            "%s has %d entries; more than %d are not read.", location, files.size(), MAXIMUM_FILES);
      }
      entries =
          files.stream()
              .map(entry -> new Entry(entry.getName(), Math.max(0, entry.getSize())))
              .toList();
    }

    @Override
    public List<Entry> entries() {
      return entries;
    }

    @Override
    public byte[] read(int position) throws IOException, UnusableEntryException {
      ZipArchiveEntry entry = files.get(position);
      Optional<String> refusal = EntryPath.refusal(entry.getName());
      if (refusal.isPresent()) {
        throw new UnusableEntryException(refusal.get());
      }
      if (!hasUtf8Name(entry)) {
        throw new UnusableEntryException("its path is not UTF-8");
      }
      if (duplicates.contains(entry.getName())) {
        throw new UnusableEntryException("the archive holds several files of this path");
      }
      if (entry.isUnixSymlink()) {
        throw new UnusableEntryException("it is a link; links are not followed");
      }
      if (!zip.canReadEntryData(entry)) {
        throw new UnusableEntryException("it is encrypted or compressed in an unknown way");
      }
      return readBounded(entry);
    }

    /**
     * Whether the name says what the archive says: the library makes a '?' of what it cannot read.
     */
    private static boolean hasUtf8Name(ZipArchiveEntry entry) {
      byte[] name =
          entry.getNameSource() == ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD
                  && entry.getExtraField(UnicodePathExtraField.UPATH_ID)
                      instanceof UnicodePathExtraField unicode
              ? unicode.getUnicodeName()
              : entry.getRawName();
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
        return true;
      } catch (CharacterCodingException otherEncoding) {
        return false;
      }
    }

    private byte[] readBounded(ZipArchiveEntry entry) throws UnusableEntryException {
      long declared = entry.getSize();
      Optional<String> refusal = EntryLength.refusal(declared);
      if (refusal.isPresent()) {
        throw new UnusableEntryException(refusal.get());
      }
      byte[] content;
      boolean more;
      try (InputStream in = zip.getInputStream(entry)) {
        content = EntryContent.read(in, (int) declared);
        more = in.read() >= 0;
      } catch (ClosedChannelException ended) {
        throw new UncheckedIOException(ended); // by another task, which is no fault of the file
      } catch (IOException damaged) {
        throw new UnusableEntryException("it cannot be unpacked: " + damaged.getMessage());
      }
      if (content.length != declared || more) {
        throw new UnusableEntryException(
            "its length is wrong: expected %s bytes, actual %s"
                .formatted(declared, more ? "more" : content.length));
      }
      CRC32 crc = new CRC32();
      crc.update(content);
      if (crc.getValue() != entry.getCrc()) {
        throw new UnusableEntryException(
            "its bytes are damaged: expected CRC-32 %08x, actual %08x"
                .formatted(entry.getCrc(), crc.getValue()));
      }
      return content;
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
