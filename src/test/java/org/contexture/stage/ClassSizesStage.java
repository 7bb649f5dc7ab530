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
import org.contexture.record.ImageRef;
import org.contexture.record.NamedValue;

/** Counts the images of each class; a class with too few goes to the dead letters. */
final class ClassSizesStage implements Stage<NamedValue> {
  private final ClassSizesConfig config;
  private final Dataset<ImageRef> images;

  ClassSizesStage(ClassSizesConfig config, Dataset<ImageRef> images) {
    this.config = config;
    this.images = images;
  }

  @Override
  public String name() {
    return "class-sizes";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<NamedValue> recordType() {
    return NamedValue.class;
  }

  @Override
  public StageConfig config() {
    return config;
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>(Map.of("images", images));
  }

  @Override
  public double maxRejectedShare() {
    return 1;
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<NamedValue> context) {
    NumberedTasks.expand(pipeline, context, 1, new Count(config, context.input(images)));
  }

  private record Count(ClassSizesConfig config, StoredDataset<ImageRef> images)
      implements ShardBody<Integer, NamedValue> {

    @Override
    public void write(List<Integer> numbers, ShardOutput<NamedValue> output) throws IOException {
      SortedMap<String, Integer> sizes = new TreeMap<>();
      for (ImageRef image : images.open()) {
        sizes.merge(image.getClassName(), 1, Integer::sum);
      }
      for (Map.Entry<String, Integer> size : sizes.entrySet()) {
        if (size.getValue() < config.fewest()) {
          String why = "has %d of %d images".formatted(size.getValue(), config.fewest());
          output.reject(size.getKey(), "all images of the class", why);
        } else {
          output.add(new NamedValue(size.getKey(), size.getValue().doubleValue()));
        }
      }
    }
  }
}
