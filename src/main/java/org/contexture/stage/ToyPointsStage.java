package org.contexture.stage;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.ShardBody;
import org.contexture.pipeline.ShardOutput;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.random.RandomStream;
import org.contexture.record.ToyPoint;

/**
 * Draws classes of points on the unit circle, as a network that has learned something embeds
 * images: those of a class lie together, more or less. Some of the points are given wrong labels.
 */
public final class ToyPointsStage implements Stage<ToyPoint> {
  private final ToyPointsConfig config;

  public ToyPointsStage(ToyPointsConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "toy-points";
  }

  @Override
  public int version() {
    return 2;
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
    return new TreeMap<>();
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<ToyPoint> context) {
    NumberedTasks.expand(pipeline, context, 1, new Draw(config));
  }

  private record Draw(ToyPointsConfig config) implements ShardBody<Integer, ToyPoint> {
    private static final long PLACES = "places".hashCode();
    private static final long NOISE = "label noise".hashCode();

    @Override
    public void write(List<Integer> elements, ShardOutput<ToyPoint> output) throws IOException {
      int points = config.classes() * config.perClass();
      RandomStream places = RandomStream.of(config.seed(), PLACES);
      RandomStream noise = RandomStream.of(config.seed(), NOISE);
      TreeSet<Integer> wrong = new TreeSet<>();
      while (wrong.size() < Math.round(config.labelNoise() * points)) {
        wrong.add(noise.nextInt(points));
      }
      for (int point = 0; point < points; point++) {
        int label = point / config.perClass();
        double angle =
            StrictMath.toRadians(
                360.0 * label / config.classes() + config.spread() * places.nextGaussian());
        int shift = wrong.contains(point) ? 1 + noise.nextInt(config.classes() - 1) : 0;
        output.add(
            ToyPoint.newBuilder()
                .setStep(0)
                .setId(point)
                .setLabel(label)
                .setGivenLabel((label + shift) % config.classes())
                .setX((float) StrictMath.cos(angle))
                .setY((float) StrictMath.sin(angle))
                .build());
      }
    }
  }
}
