package org.contexture.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.embedding.UnitVector;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.record.Embedding;
import org.contexture.record.Split;

/**
 * Points at random in place of embedded images, many of them alike: a third only asked, a third
 * only searched, the others both.
 *
 * @param images how many
 * @param classes how many, drawn for each image
 */
record EmbeddedPoints(int images, int classes) implements Stage<Embedding> {
  static final int DIMENSIONS = 4;

  /** Some ten images a class. */
  EmbeddedPoints(int images) {
    this(images, images / 10);
  }

  @Override
  public String name() {
    return "points";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<Embedding> recordType() {
    return Embedding.class;
  }

  @Override
  public StageConfig config() {
    return () -> Settings.builder().put("images", images).put("classes", classes).build();
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>();
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<Embedding> context) {
    int count = images;
    int kinds = classes;
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        (elements, output) -> {
          for (Embedding point : new EmbeddedPoints(count, kinds).points()) {
            output.add(point);
          }
        });
  }

  /** The points, in the order they are stored in; ids count up from 0. */
  List<Embedding> points() {
    SplittableRandom random = new SplittableRandom(1);
    Split[] splits = {Split.QUERY, Split.GALLERY, Split.TEST};
    List<Embedding> points = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      float[] vector = new float[DIMENSIONS];
      double squares = 0;
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] = (float) (random.nextInt(5) - 2 + 0.1);
        squares += vector[i] * vector[i];
      }
      for (int i = 0; i < DIMENSIONS; i++) {
        vector[i] /= (float) Math.sqrt(squares);
      }
      points.add(
          Embedding.newBuilder()
              .setId(image)
              .setLabel(random.nextInt(classes))
              .setSuperLabel(0)
              .setSplit(splits[random.nextInt(splits.length)])
              .setVector(UnitVector.bytes(vector))
              .build());
    }
    return points;
  }
}
