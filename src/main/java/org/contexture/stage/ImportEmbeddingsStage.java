package org.contexture.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.embedding.LabelledEmbedding;
import org.contexture.embedding.LabelledEmbeddings;
import org.contexture.embedding.UnitVector;
import org.contexture.failure.Failure;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.record.Embedding;
import org.contexture.retrieval.EmbeddingTile;

/**
 * Takes in embeddings that were made elsewhere. Their ids are the numbers of their rows, their
 * classes are numbered as they come.
 */
public final class ImportEmbeddingsStage implements Stage<Embedding> {
  private final ImportEmbeddingsConfig config;
  private final Path file;

  /**
   * The stage for a file.
   *
   * @param file the one of {@link ImportEmbeddingsConfig#sha256}
   */
  public ImportEmbeddingsStage(ImportEmbeddingsConfig config, Path file) {
    this.config = config;
    this.file = file;
  }

  @Override
  public String name() {
    return "import-embeddings";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Class<Embedding> recordType() {
    return Embedding.class;
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
  public void expand(Pipeline pipeline, StageContext<Embedding> context) {
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        new Body(file.toAbsolutePath().toString(), config.sha256(), config.shardRecords()));
  }

  private record Body(String file, String sha256, int shardRecords)
      implements ShardBody<Integer, Embedding> {

    @Override
    public void write(List<Integer> elements, ShardOutput<Embedding> output) throws IOException {
      PlannedFile.requireUnchanged(Path.of(file), sha256);
      Rows rows = new Rows(file, shardRecords, output);
      LabelledEmbeddings.forEach(Path.of(file), rows::add);
      if (rows.count == 0) {
        throw Failure.data("%s has no embedding to measure.", file);
      }
    }
  }

  private static final class Rows {
    private final String file;
    private final int shardRecords;
    private final ShardOutput<Embedding> output;
    private final Map<String, Integer> labels = new HashMap<>();
    private int dimensions;
    private long count;

    Rows(String file, int shardRecords, ShardOutput<Embedding> output) {
      this.file = file;
      this.shardRecords = shardRecords;
      this.output = output;
    }

    void add(LabelledEmbedding row) throws IOException {
      float[] vector = row.vector();
      if (count == 0) {
        dimensions = requireMeasurable(vector.length);
      } else if (vector.length != dimensions) {
        throw Failure.data(
            "%s: embedding %d, counted from 0, has %d numbers and those before it %d.",
            file, count, vector.length, dimensions);
      }
      if (count > 0 && count % shardRecords == 0) {
        output.startAnother();
      }
      int next = labels.size();
      output.add(
          Embedding.newBuilder()
              .setId(count)
              .setLabel(labels.computeIfAbsent(row.label(), label -> next))
              .setSuperLabel(0)
              .setSplit(row.split())
              .setVector(UnitVector.bytes(vector))
              .build());
      count++;
    }

    private int requireMeasurable(int numbers) {
      if (numbers > EmbeddingTile.LARGEST_DIMENSIONS) {
        throw Failure.data(
            "%s: its embeddings have %d numbers, and those of at most %d are measured.",
            file, numbers, EmbeddingTile.LARGEST_DIMENSIONS);
      }
      return numbers;
    }
  }
}
