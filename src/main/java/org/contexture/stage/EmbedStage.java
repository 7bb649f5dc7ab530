package org.contexture.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.embedding.ImageEmbedder;
import org.contexture.embedding.UnitVector;
import org.contexture.failure.Failure;
import org.contexture.image.ImageException;
import org.contexture.model.ModelConfig;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Checkpoint;
import org.contexture.record.Embedding;
import org.contexture.record.Example;
import org.contexture.record.Split;
import org.contexture.shard.Shards;

/**
 * Puts the images for testing through a network: one task embeds one shard, in order. The tasks of
 * one process share one network.
 */
public final class EmbedStage implements Stage<Embedding> {
  private static final System.Logger LOG = System.getLogger(EmbedStage.class.getName());

  /** Of this process: its tasks have nothing else in common, each is deserialised by itself. */
  private static final LoadedOnce<ImageEmbedder> NETWORKS = new LoadedOnce<>();

  private static final Set<Split> TESTED =
      Collections.unmodifiableSet(EnumSet.of(Split.TEST, Split.QUERY, Split.GALLERY));

  private final EmbedConfig config;
  private final Dataset<Example> examples;
  private final Dataset<Checkpoint> checkpoint;

  /** The stage for examples and a network. */
  public EmbedStage(EmbedConfig config, Dataset<Example> examples, Dataset<Checkpoint> checkpoint) {
    this.config = config;
    this.examples = examples;
    this.checkpoint = checkpoint;
  }

  @Override
  public String name() {
    return "embed";
  }

  @Override
  public int version() {
    return 5;
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
    return new TreeMap<>(Map.of("examples", examples, "checkpoint", checkpoint));
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Embedding> context) {
    StoredDataset<Example> stored = context.input(examples);
    NumberedTasks.expand(
        pipeline,
        context,
        stored.shardCount(),
        new Embed(
            stored,
            context.input(checkpoint),
            config,
            "%s %s".formatted(checkpoint.id(), config.settings().json())));
  }

  private record Embed(
      StoredDataset<Example> examples,
      StoredDataset<Checkpoint> checkpoints,
      EmbedConfig config,
      String network)
      implements ShardBody<Integer, Embedding> {

    @Override
    public void open() {
      NETWORKS.hold(network);
    }

    @Override
    public void close() throws Exception {
      NETWORKS.release(network);
    }

    @Override
    public void write(List<Integer> elements, ShardOutput<Embedding> output) throws IOException {
      ImageEmbedder embedder = NETWORKS.get(network, this::load);
      Shards<Example> shard = examples.openShard(elements.get(0));
      List<Example> batch = new ArrayList<>();
      for (long record = 0; record < shard.size(); record++) {
        Example example = shard.read(record);
        if (TESTED.contains(example.getSplit())) {
          batch.add(example);
        }
        if (batch.size() == config.batchSize()
            || (record == shard.size() - 1 && !batch.isEmpty())) {
          embed(batch, embedder, output);
          batch.clear();
        }
        output.progress(record + 1, shard.size(), "");
      }
    }

    private ImageEmbedder load() {
      LOG.log(System.Logger.Level.INFO, "loads the network of " + network);
      Checkpoint checkpoint = checkpoints.open().read(0);
      return ImageEmbedder.load(
          ModelConfig.parse(checkpoint.getArchitecture()),
          config.precision(),
          checkpoint.getWeights().array(),
          config.resize());
    }

    private static void embed(
        List<Example> batch, ImageEmbedder embedder, ShardOutput<Embedding> output)
        throws IOException {
      float[][] seen =
          batch.stream().map(example -> seen(example, embedder)).toArray(float[][]::new);
      float[][] vectors;
      synchronized (embedder) { // one batch has all cores; the next is being decoded meanwhile
        vectors = embedder.embed(seen);
      }
      for (int i = 0; i < vectors.length; i++) {
        Example example = batch.get(i);
        output.add(
            Embedding.newBuilder()
                .setId(example.getId())
                .setLabel(example.getLabel())
                .setSuperLabel(example.getSuperLabel())
                .setSplit(example.getSplit())
                .setVector(UnitVector.bytes(vectors[i]))
                .build());
      }
    }

    private static float[] seen(Example example, ImageEmbedder embedder) {
      try {
        return embedder.seen(example.getImage().array());
      } catch (ImageException broken) {
        throw Failure.data(
                "Example %d (%s) cannot be used: %s",
                example.getId(), example.getPath(), broken.getMessage())
            .causedBy(broken);
      }
    }
  }
}
