package org.contexture.stage;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Embedding;
import org.contexture.record.MappedImage;
import org.contexture.retrieval.EmbeddingTile;
import org.contexture.space.PlanePoint;
import org.contexture.space.PrincipalComponents;
import org.contexture.space.TSne;

/** A map of some of the test images in two dimensions, to look at. */
public final class MapStage implements Stage<MappedImage> {
  private final MapConfig config;
  private final Dataset<Embedding> embeddings;

  /** The stage for embeddings. */
  public MapStage(MapConfig config, Dataset<Embedding> embeddings) {
    this.config = config;
    this.embeddings = embeddings;
  }

  @Override
  public String name() {
    return "map";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Class<MappedImage> recordType() {
    return MappedImage.class;
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
  public void expand(Pipeline pipeline, StageContext<MappedImage> context) {
    NumberedTasks.expand(pipeline, context, 1, new Body(context.input(embeddings), config));
  }

  private record Body(StoredDataset<Embedding> stored, MapConfig config)
      implements ShardBody<Integer, MappedImage> {

    @Override
    public void write(List<Integer> elements, ShardOutput<MappedImage> output) throws IOException {
      List<Embedding> drawn = ClassSample.draw(stored, config.images(), config.seed());
      if (drawn.isEmpty()) {
        return;
      }
      EmbeddingTile tile = EmbeddingTile.of(drawn);
      List<PlanePoint> components = PrincipalComponents.of(tile);
      List<PlanePoint> map = TSne.of(tile, config.perplexity(), config.steps());
      for (int row = 0; row < drawn.size(); row++) {
        output.add(
            MappedImage.newBuilder()
                .setId(drawn.get(row).getId())
                .setLabel(drawn.get(row).getLabel())
                .setSuperLabel(drawn.get(row).getSuperLabel())
                .setX(map.get(row).x())
                .setY(map.get(row).y())
                .setFirstComponent(components.get(row).x())
                .setSecondComponent(components.get(row).y())
                .build());
      }
    }
  }
}
