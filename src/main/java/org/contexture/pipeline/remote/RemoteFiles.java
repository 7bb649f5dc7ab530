package org.contexture.pipeline.remote;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.contexture.failure.Failure;

/**
 * The files of a remote directory, by their names in it. A file is there whole or not at all:
 * object stores show an object when it is complete, and elsewhere a file is written under another
 * name and renamed. Every failure is a {@link RemoteFileException}, so that whoever may try again
 * does.
 */
public final class RemoteFiles implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final String S3 = "s3";

  /** What the name of a file that is being written has after its later name. */
  private static final String TEMPORARY = ".temporary-";

  /** Where what is written appears only when it is complete. */
  private static final Set<String> OBJECT_STORES = Set.of(S3, "gs");

  /** The options of each file system that is a module of its own, with the profile that adds it. */
  private static final Map<String, String> MODULES =
      Map.of(
          S3,
          "org.apache.beam.sdk.io.aws2.options.S3Options",
          "hdfs",
          "org.apache.beam.sdk.io.hdfs.HadoopFileSystemOptions");

  private final RemoteAddress address;

  /**
   * A file that is there.
   *
   * @param name in the directory
   * @param bytes its length
   * @param modified when, in milliseconds since 1970, by the clock of the file system; 0 where it
   *     was gone when that was asked
   */
  public record Entry(String name, long bytes, long modified) {

    /** Its name, or the one that it gets when it is complete. */
    public String finalName() {
      return isTemporary() ? name.substring(0, name.indexOf(TEMPORARY)) : name;
    }

    /** Whether it is being written, or was when its writer died. */
    public boolean isTemporary() {
      return name.contains(TEMPORARY);
    }
  }

  private RemoteFiles(RemoteAddress address) {
    this.address = address;
  }

  /**
   * Makes Beam's file systems ready for an address. Whoever makes pipelines in this process gives
   * them {@link #options} too, since the last one who says anything is heard.
   *
   * @throws Failure (usage) if there is no file system for it
   */
  public static RemoteFiles open(RemoteAddress address) {
    String module = MODULES.get(address.scheme());
    try {
      if (module != null) {
        PipelineOptionsFactory.register(Class.forName(module).asSubclass(PipelineOptions.class));
      }
      RemoteFiles files = new RemoteFiles(address);
      FileSystems.setDefaultPipelineOptions(files.pipelineOptions());
      FileSystems.matchNewResource(address.uri(), false);
      return files;
    } catch (ClassNotFoundException absent) {
      throw Failure.usage(
              "%s: this Contexture was built without the module for %s. Set"
                  + " CONTEXTURE_MODULES=%s for ./contexture, or build with mvn -P%s.",
              address, address.scheme(), address.scheme(), address.scheme())
          .causedBy(absent);
    } catch (IllegalArgumentException unknown) {
      throw Failure.usage(
              "%s: there is no file system for %s://. A store is a directory, or below s3:// or"
                  + " hdfs://.",
              address, address.scheme())
          .causedBy(unknown);
    }
  }

  /** Where they are. */
  public RemoteAddress address() {
    return address;
  }

  /** What pipelines of this process have to be given as their options. */
  public List<String> options() {
    List<String> options = new ArrayList<>(address.options(System.getenv()));
    if (!address.scheme().equals(S3)) {
      options.addAll(optionsOfNone());
    }
    return options;
  }

  /**
   * What pipelines have to be given that need no remote files: Beam makes all file systems ready
   * that there are, needed or not.
   */
  public static List<String> optionsOfNone() {
    return isThere(S3) ? List.of(RemoteAddress.ANY_REGION) : List.of();
  }

  private static boolean isThere(String module) {
    try {
      Class.forName(MODULES.get(module), false, RemoteFiles.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }

  private PipelineOptions pipelineOptions() {
    return PipelineOptionsFactory.fromArgs(options().toArray(String[]::new)).create();
  }

  /** What Beam is told to mean a file; of its local file system it knows paths only. */
  private String spec(String name) {
    return address.of(name).replaceFirst("^file://", "");
  }

  /** The file of a name, if there is one. */
  public Optional<Entry> entry(String name) throws IOException {
    // Beam looks plain names up in S3 by a pool of threads that never ends, of which a worker would
    // get another with every job, but patterns in the thread that asks.
    String pattern = name.substring(0, name.length() - 1) + "?";
    return all(pattern, name).stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /**
   * The files of names like a pattern, in the order of their names.
   *
   * @param pattern with {@code *} and {@code ?}, which stand for no slash
   */
  public List<Entry> entries(String pattern) throws IOException {
    return all(pattern).stream().filter(entry -> !entry.isTemporary()).toList();
  }

  /**
   * All that has a name like a pattern, in the order of the names: also what a process that died
   * had not finished, and in HDFS directories.
   */
  public List<Entry> all(String pattern) throws IOException {
    return all(pattern, pattern);
  }

  private List<Entry> all(String pattern, String shown) throws IOException {
    List<Entry> entries = new ArrayList<>();
    int root = spec("").length();
    for (MatchResult.Metadata file : match(pattern, shown)) {
      String name = file.resourceId().toString().substring(root);
      entries.add(new Entry(name, file.sizeBytes(), file.lastModifiedMillis()));
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  private List<MatchResult.Metadata> match(String pattern, String shown) throws IOException {
    try {
      return FileSystems.match(spec(pattern), EmptyMatchTreatment.ALLOW).metadata();
    } catch (IOException | RuntimeException failed) {
      throw new RemoteFileException(address.of(shown), "be looked up", failed);
    }
  }

  /**
   * Whether a file that is written anew is there all the time. Elsewhere the old one may be removed
   * before the new one gets its name.
   */
  public boolean replaceInOneStep() {
    return OBJECT_STORES.contains(address.scheme());
  }

  /** What is in a file, if there is one. */
  public Optional<byte[]> read(String name) throws IOException {
    if (entry(name).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = stream(name)) {
      return Optional.of(in.readAllBytes());
    } catch (IOException | RuntimeException failed) {
      if (entry(name).isEmpty()) {
        return Optional.empty(); // it went meanwhile
      }
      throw new RemoteFileException(address.of(name), "be read", failed);
    }
  }

  /** Copies what is in a file. */
  public void copyTo(String name, OutputStream target) throws IOException {
    InputStream source;
    try {
      source = stream(name);
    } catch (IOException | RuntimeException failed) {
      throw new RemoteFileException(address.of(name), "be read", failed);
    }
    byte[] buffer = new byte[BUFFER_BYTES];
    try (source) {
      while (true) {
        int count;
        try {
          count = source.read(buffer);
        } catch (IOException | RuntimeException failed) {
          throw new RemoteFileException(address.of(name), "be read", failed);
        }
        if (count < 0) {
          return;
        }
        target.write(buffer, 0, count);
      }
    }
  }

  /** Copies what is in a file to a file of this machine. */
  public void download(String name, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      copyTo(name, out);
    }
  }

  private InputStream stream(String name) throws IOException {
    return Channels.newInputStream(FileSystems.open(resource(name)));
  }

  private ResourceId resource(String name) {
    return FileSystems.matchNewResource(spec(name), false);
  }

  /** Puts a small file in place of what may be there. */
  public void write(String name, byte[] content) throws IOException {
    write(
        name,
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(content);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Puts a file of this machine in place of what may be there. */
  public void upload(Path file, String name) throws IOException {
    write(
        name,
        channel -> {
          ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
          try (ReadableByteChannel source = Files.newByteChannel(file)) {
            while (source.read(buffer) >= 0) {
              buffer.flip();
              while (buffer.hasRemaining()) {
                channel.write(buffer);
              }
              buffer.clear();
            }
          }
        });
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  private void write(String name, Content content) throws IOException {
    try {
      if (OBJECT_STORES.contains(address.scheme())) {
        create(name, content);
      } else {
        createAside(name, content);
      }
    } catch (IOException | RuntimeException failed) {
      throw new RemoteFileException(address.of(name), "be written", failed);
    }
  }

  private void createAside(String name, Content content) throws IOException {
    String temporary = name + TEMPORARY + UUID.randomUUID();
    try {
      create(temporary, content);
      FileSystems.rename(List.of(resource(temporary)), List.of(resource(name)));
    } catch (IOException | RuntimeException failed) {
      try {
        delete(List.of(temporary));
      } catch (IOException leftBehind) {
        failed.addSuppressed(leftBehind);
      }
      throw failed;
    }
  }

  private void create(String name, Content content) throws IOException {
    WritableByteChannel channel = FileSystems.create(resource(name), "application/octet-stream");
    boolean whole = false;
    try {
      content.writeTo(channel);
      whole = true;
    } finally {
      // An object store takes a channel that is closed for a complete object.
      if (whole || !OBJECT_STORES.contains(address.scheme())) {
        channel.close();
      }
    }
  }

  /** Removes files; it does not matter if one is not there. */
  public void delete(Collection<String> names) throws IOException {
    if (OBJECT_STORES.contains(address.scheme())) {
      delete(names.stream().map(this::resource).toList());
    } else {
      for (String name : names) {
        delete(List.of(resource(name)));
      }
    }
  }

  private static void delete(List<ResourceId> files) throws IOException {
    try {
      FileSystems.delete(files);
    } catch (FileNotFoundException | NoSuchFileException gone) {
      // as it shall be
    } catch (IOException | RuntimeException failed) {
      throw new RemoteFileException(files.toString(), "be removed", failed);
    }
  }
}
