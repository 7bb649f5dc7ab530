package org.contexture.stage;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.contexture.pipeline.Companion;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.EmbeddingLabel;
import org.contexture.record.EmbeddingStatistic;
import org.contexture.record.SimilarityBin;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.shard.Shards;
import org.contexture.space.ClusterAgreement;
import org.contexture.space.EffectiveRank;
import org.contexture.space.ImageTiles;
import org.contexture.space.KMeans;
import org.contexture.space.PairSimilarities;

/**
 * What the embeddings look like apart from any ranking: whether they have collapsed, how similar
 * pairs are, and how well as many clusters as there are classes agree with the classes. Pairs are
 * those of a sample by classes; clusters are of all images. The effective rank is left out where
 * embeddings have more than {@value #MOST_DIMENSIONS} numbers, since its time grows with their
 * third power. One task, in bounded memory.
 */
public final class StatisticsStage implements Stage<EmbeddingStatistic> {
  /** The companion of {@link SimilarityBin}s. */
  public static final String SIMILARITIES = "similarities";

  /** All companions. */
  public static final SortedMap<String, Companion> COMPANIONS =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(SIMILARITIES, new Companion(SimilarityBin.class, Companion.Nature.RESULT))));

  private static final int MOST_DIMENSIONS = 2048;

  private final StatisticsConfig config;
  private final Dataset<Embedding> embeddings;

  /** The stage for embeddings. */
  public StatisticsStage(StatisticsConfig config, Dataset<Embedding> embeddings) {
    this.config = config;
    this.embeddings = embeddings;
  }

  @Override
  public String name() {
    return "statistics";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Class<EmbeddingStatistic> recordType() {
    return EmbeddingStatistic.class;
  }

  @Override
  public SortedMap<String, Companion> companions() {
    return COMPANIONS;
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
  public void expand(Pipeline pipeline, StageContext<EmbeddingStatistic> context) {
    NumberedTasks.expand(pipeline, context, 1, new Body(context.input(embeddings), config));
  }

  private record Body(StoredDataset<Embedding> stored, StatisticsConfig config)
      implements ShardBody<Integer, EmbeddingStatistic> {

    @Override
    public void write(List<Integer> elements, ShardOutput<EmbeddingStatistic> output)
        throws IOException {
      if (stored.size() == 0) {
        return;
      }
      List<Embedding> drawn = ClassSample.draw(stored, config.sampledImages(), config.seed());
      EmbeddingTile sample = EmbeddingTile.of(drawn);
      PairSimilarities pairs = PairSimilarities.of(sample);
      add("mean-similarity", pairs.mean(), sample.size(), output);
      add("positive-similarity", pairs.positiveMean(), sample.size(), output);
      add("negative-similarity", pairs.negativeMean(), sample.size(), output);
      add("alignment", pairs.alignment(), sample.size(), output);
      add("uniformity", pairs.uniformity(), sample.size(), output);
      if (sample.dimensions() <= MOST_DIMENSIONS) {
        add("effective-rank", OptionalDouble.of(EffectiveRank.of(sample)), sample.size(), output);
      }
      for (PairSimilarities.Bin bin : pairs.histogram()) {
        output.add(
            SIMILARITIES,
            new SimilarityBin(bin.low(), bin.high(), bin.positives(), bin.negatives()));
      }
      if (config.iterations() > 0) {
        ClusterAgreement agreement = agreement(sample.dimensions());
        add("nmi", OptionalDouble.of(agreement.normalised()), stored.size(), output);
        add("ami", OptionalDouble.of(agreement.adjusted()), stored.size(), output);
      }
    }

    private ClusterAgreement agreement(int dimensions) {
      Shards<EmbeddingLabel> records = stored.openAs(EmbeddingLabel.class);
      int[] labels =
          IntStream.range(0, Math.toIntExact(records.size()))
              .map(record -> records.project(record).getLabel())
              .toArray();
      int classes = Math.toIntExact(IntStream.of(labels).distinct().count());
      ImageTiles images = new StoredTiles(stored.open(), dimensions);
      return new ClusterAgreement(
          labels, KMeans.cluster(images, classes, config.iterations(), config.seed()));
    }

    private static void add(
        String name, OptionalDouble value, long images, ShardOutput<EmbeddingStatistic> output)
        throws IOException {
      if (value.isPresent()) {
        output.add(new EmbeddingStatistic(name, value.getAsDouble(), images));
      }
    }
  }
}
