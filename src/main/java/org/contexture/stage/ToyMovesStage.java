package org.contexture.stage;

import java.io.IOException;
import java.util.ArrayList;
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
import org.contexture.record.ToyPoint;
import org.contexture.training.FreeEmbeddings;
import org.contexture.training.FreeEmbeddingsConfig;

/** Moves points on the unit circle by a loss that is told their given labels. */
public final class ToyMovesStage implements Stage<ToyPoint> {
  private final ToyMovesConfig config;
  private final Dataset<ToyPoint> points;

  /**
   * The stage for some points.
   *
   * @param points where they start
   */
  public ToyMovesStage(ToyMovesConfig config, Dataset<ToyPoint> points) {
    this.config = config;
    this.points = points;
  }

  @Override
  public String name() {
    return "toy-moves";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<ToyPoint> recordType() {
    return ToyPoint.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>(Map.of("points", points));
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<ToyPoint> context) {
    NumberedTasks.expand(pipeline, context, 1, new Move(config.moves(), context.input(points)));
  }

  private record Move(FreeEmbeddingsConfig moves, StoredDataset<ToyPoint> start)
      implements ShardBody<Integer, ToyPoint> {

    @Override
    public void write(List<Integer> elements, ShardOutput<ToyPoint> output) throws IOException {
      List<ToyPoint> points = new ArrayList<>();
      start.open().forEach(points::add);
      float[] places = new float[2 * points.size()];
      int[] labels = new int[points.size()];
      for (int i = 0; i < labels.length; i++) {
        places[2 * i] = points.get(i).getX();
        places[2 * i + 1] = points.get(i).getY();
        labels[i] = points.get(i).getGivenLabel();
      }
      new FreeEmbeddings(moves)
          .move(
              places,
              labels,
              (step, moved) -> {
                output.progress(step, moves.steps(), "");
                for (int i = 0; i < labels.length; i++) {
                  output.add(
                      ToyPoint.newBuilder(points.get(i))
                          .setStep(step)
                          .setX(moved[2 * i])
                          .setY(moved[2 * i + 1])
                          .build());
                }
              });
    }
  }
}
