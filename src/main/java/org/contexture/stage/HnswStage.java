package org.contexture.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingLabel;
import org.contexture.record.HnswSegment;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.retrieval.Roles;
import org.contexture.retrieval.hnsw.HnswParameters;
import org.contexture.retrieval.hnsw.HnswSegmentWriter;
import org.contexture.shard.Shards;

/**
 * An approximate index of a gallery: {@link org.contexture.retrieval.hnsw.HnswIndex}. Each task
 * builds the graph of one segment, whose files lie beside the records. A task holds the vectors of
 * its segment in memory.
 */
public final class HnswStage implements Stage<HnswSegment> {
  /** Images that are read at a time. */
  private static final int TILE = 1024;

  private final HnswConfig config;
  private final Dataset<Embedding> embeddings;

  /** The stage for embeddings, of which those that are only asked are left out. */
  public HnswStage(HnswConfig config, Dataset<Embedding> embeddings) {
    this.config = config;
    this.embeddings = embeddings;
  }

  @Override
  public String name() {
    return "hnsw";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Class<HnswSegment> recordType() {
    return HnswSegment.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>(Map.of("embeddings", embeddings));
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<HnswSegment> context) {
    StoredDataset<Embedding> stored = context.input(embeddings);
    int size = config.segmentImages();
    int segments = Math.max(1, Math.toIntExact((stored.size() + size - 1) / size));
    NumberedTasks.expand(
        pipeline,
        context,
        segments,
        new Build(stored, segments, new HnswParameters(config.m(), config.efConstruction())));
  }

  private record Build(StoredDataset<Embedding> embeddings, int segments, HnswParameters parameters)
      implements ShardBody<Integer, HnswSegment> {

    @Override
    public void write(List<Integer> elements, ShardOutput<HnswSegment> output) throws IOException {
      int segment = elements.get(0);
      List<Long> records = gallery(segment);
      if (records.isEmpty()) {
        return;
      }
      Shards<Embedding> all = embeddings.open();
      int dimensions = all.read(records.get(0)).getVector().remaining() / Float.BYTES;
      String name = String.format(Locale.ROOT, "segment-%05d", segment);
      Path directory = Files.createTempDirectory(output.state(), name);
      List<Long> ids = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      try (HnswSegmentWriter writer =
          HnswSegmentWriter.create(directory, name, records.size(), dimensions, parameters)) {
        for (int from = 0; from < records.size(); from += TILE) {
          List<Long> some = records.subList(from, Math.min(records.size(), from + TILE));
          EmbeddingTile tile = EmbeddingTile.of(some.stream().map(all::read).toList(), dimensions);
          for (int row = 0; row < tile.size(); row++) {
            writer.add(tile.vector(row));
            ids.add(tile.id(row));
            labels.add(tile.label(row));
            output.progress(ids.size(), records.size(), "");
          }
        }
        for (Path file : writer.finish()) {
          output.attach(file, sha256(file));
        }
        output.add(
            HnswSegment.newBuilder()
                .setName(name)
                .setDimensions(dimensions)
                .setIds(ids)
                .setLabels(labels)
                .setFirsts(writer.firsts())
                .build());
      }
    }

    /** The numbers of the records of a segment that can be found. */
    private List<Long> gallery(int segment) {
      Shards<EmbeddingLabel> labels = embeddings.openAs(EmbeddingLabel.class);
      long end = labels.size() * (segment + 1) / segments;
      List<Long> records = new ArrayList<>();
      for (long record = labels.size() * segment / segments; record < end; record++) {
        if (Roles.isSearched(labels.project(record).getSplit())) {
          records.add(record);
        }
      }
      return records;
    }

    private static String sha256(Path file) throws IOException {
      return new DigestUtils(DigestUtils.getSha256Digest()).digestAsHex(file);
    }
  }
}
