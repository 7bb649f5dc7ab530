package org.contexture.stage;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.contexture.benchmark.EntryRange;
import org.contexture.benchmark.FileSource;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Progress;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.RawFile;
import org.contexture.record.SourceFile;

/**
 * Takes the files out of archives and folders, unchanged and in their order, and refuses what is
 * not safe to take. Each task unpacks one part of a source, into as many shards as that needs; the
 * tasks of one process open a source once.
 */
public final class UnpackStage implements Stage<RawFile> {
  /** Of this process: its tasks have nothing else in common, each is deserialised by itself. */
  private static final LoadedOnce<FileSource.Opened> OPENED = new LoadedOnce<>();

  private final UnpackConfig config;
  private final List<FileSource> sources;
  private final Optional<Dataset<SourceFile>> fetched;
  private final double maxRejectedShare;

  /**
   * The stage for sources.
   *
   * @param sources where the files are now; only their content is part of the fingerprint
   */
  public UnpackStage(UnpackConfig config, List<FileSource> sources, double maxRejectedShare) {
    this.config = config;
    this.sources = List.copyOf(sources);
    this.fetched = Optional.empty();
    this.maxRejectedShare = maxRejectedShare;
  }

  /** The stage for files that were fetched. */
  public UnpackStage(UnpackConfig config, Dataset<SourceFile> fetched, double maxRejectedShare) {
    this.config = config;
    this.sources = List.of();
    this.fetched = Optional.of(fetched);
    this.maxRejectedShare = maxRejectedShare;
  }

  @Override
  public String name() {
    return "unpack";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Class<RawFile> recordType() {
    return RawFile.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    SortedMap<String, Dataset<?>> inputs = new TreeMap<>();
    fetched.ifPresent(files -> inputs.put("sources", files));
    return inputs;
  }

  @Override
  public double maxRejectedShare() {
    return maxRejectedShare;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<RawFile> context) {
    List<Work> work = new ArrayList<>();
    for (FileSource source : sources) {
      work.addAll(parts(source(work.size(), source.description(), () -> source)));
    }
    if (fetched.isPresent()) {
      StoredDataset<SourceFile> files = context.input(fetched.get());
      for (SourceFile file : files.open()) {
        String name = file.getName();
        work.addAll(parts(source(work.size(), name, () -> FileSource.of(files.attachment(name)))));
      }
    }
    NumberedTasks.expand(
        pipeline, context, Math.max(1, work.size()), new Unpack(work, config.shardBytes()));
  }

  private Source source(int firstTask, String description, Place place) {
    String input = fetched.map(files -> files.id().toString()).orElse("");
    String key = "%d of %s %s".formatted(firstTask, input, config.settings().json());
    return new Source(key, description, place);
  }

  private List<Work> parts(Source source) {
    try {
      return source.place().source().parts(config.shardBytes()).stream()
          .map(part -> new Work(source, part))
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A source, which each task finds on its own machine. */
  private interface Place extends Serializable {
    FileSource source() throws IOException;
  }

  /**
   * A source.
   *
   * @param key tells it from all others
   * @param description for messages
   */
  private record Source(String key, String description, Place place) implements Serializable {
    FileSource.Opened open() {
      try {
        return place.source().open();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private record Work(Source source, EntryRange part) implements Serializable {}

  private record Unpack(List<Work> work, long shardBytes) implements ShardBody<Integer, RawFile> {

    @Override
    public void open() {
      keys().forEach(OPENED::hold);
    }

    @Override
    public void close() throws Exception {
      OPENED.release(keys());
    }

    private Set<String> keys() {
      return work.stream()
          .map(task -> task.source().key())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void write(List<Integer> elements, ShardOutput<RawFile> output) throws IOException {
      if (!work.isEmpty()) {
        Work task = work.get(elements.get(0));
        Source source = task.source();
        ReadAhead.unpack(
            OPENED.get(source.key(), source::open),
            task.part(),
            new ToShards(source.description(), output, shardBytes));
      }
    }
  }

  /** Writes files to shards that end as soon as they have enough bytes. */
  private static final class ToShards implements FileSource.Receiver {
    private final String description;
    private final ShardOutput<RawFile> output;
    private final long shardBytes;
    private long bytes;

    ToShards(String description, ShardOutput<RawFile> output, long shardBytes) {
      this.description = description;
      this.output = output;
      this.shardBytes = shardBytes;
    }

    @Override
    public void file(String path, byte[] content) throws IOException {
      if (bytes >= shardBytes) {
        output.startAnother();
        bytes = 0;
      }
      output.add(RawFile.newBuilder().setPath(path).setBytes(ByteBuffer.wrap(content)).build());
      bytes += content.length;
    }

    @Override
    public void refused(String path, String reason) throws IOException {
      output.reject(path, description, reason);
    }

    @Override
    public void progress(long done, long total, FileSource.Counted counted) throws IOException {
      output.progress(new Progress(done, total, unit(counted), ""));
    }

    private static Progress.Unit unit(FileSource.Counted counted) {
      return switch (counted) {
        case FILES -> Progress.Unit.THINGS;
        case BYTES -> Progress.Unit.BYTES;
      };
    }
  }
}
