package org.contexture.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.contexture.benchmark.FileSource;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.record.RawFile;

/**
 * Takes the files out of an archive or folder, unchanged and in its order, and refuses what is not
 * safe to take. Each task reads a range of the entries and makes one shard of them.
 */
public final class UnpackStage implements Stage<RawFile> {
  private final UnpackConfig config;
  private final FileSource source;
  private final double maxRejectedShare;

  /**
   * The stage for a source.
   *
   * @param source where the files are now; only its content is part of the fingerprint
   */
  public UnpackStage(UnpackConfig config, FileSource source, double maxRejectedShare) {
    this.config = config;
    this.source = source;
    this.maxRejectedShare = maxRejectedShare;
  }

  @Override
  public String name() {
    return "unpack";
  }

  @Override
  public int version() {
    return 1;
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
    return new TreeMap<>();
  }

  @Override
  public double maxRejectedShare() {
    return maxRejectedShare;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<RawFile> context) {
    List<KV<Integer, KV<Integer, Integer>>> ranges = new ArrayList<>();
    for (Range range : ranges()) {
      ranges.add(KV.of(ranges.size(), KV.of(range.from(), range.to())));
    }
    context.write(
        pipeline.apply(
            "Ranges of entries",
            Create.of(ranges)
                .withCoder(
                    KvCoder.of(VarIntCoder.of(), KvCoder.of(VarIntCoder.of(), VarIntCoder.of())))),
        ranges.size(),
        new Unpack(source));
  }

  /** A range of entries, the end excluded. */
  private record Range(int from, int to) {}

  private List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    try (FileSource.Opened opened = source.open()) {
      List<FileSource.Entry> entries = opened.entries();
      int from = 0;
      long bytes = 0;
      for (int i = 0; i < entries.size(); i++) {
        bytes += entries.get(i).bytes();
        if (bytes >= config.shardBytes() || i == entries.size() - 1) {
          ranges.add(new Range(from, i + 1));
          from = i + 1;
          bytes = 0;
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return ranges.isEmpty() ? List.of(new Range(0, 0)) : ranges;
  }

  private record Unpack(FileSource source) implements ShardBody<KV<Integer, Integer>, RawFile> {

    @Override
    public void write(List<KV<Integer, Integer>> elements, ShardOutput<RawFile> output)
        throws IOException {
      int from = elements.get(0).getKey();
      int to = elements.get(0).getValue();
      try (FileSource.Opened opened = source.open()) {
        List<FileSource.Entry> entries = opened.entries();
        for (int i = from; i < to; i++) {
          String path = entries.get(i).path();
          try {
            output.add(
                RawFile.newBuilder()
                    .setPath(path)
                    .setBytes(ByteBuffer.wrap(opened.read(i)))
                    .build());
          } catch (FileSource.UnusableEntryException unusable) {
            output.reject(path, source.description(), unusable.getMessage());
          }
          output.progress(i + 1L - from, to - from, "");
        }
      }
    }
  }
}
