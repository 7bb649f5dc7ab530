package org.contexture.stage;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.pipeline.Dataset;
import org.contexture.pipeline.Settings;
import org.contexture.pipeline.Stage;
import org.contexture.pipeline.StageConfig;
import org.contexture.pipeline.StageContext;
import org.contexture.record.ImageRef;
import org.contexture.record.Split;

/**
 * Images that nobody has seen, in place of a benchmark's.
 *
 * @param classes the class of each
 */
record ListedImages(List<String> classes) implements Stage<ImageRef> {
  ListedImages {
    classes = List.copyOf(classes);
  }

  @Override
  public String name() {
    return "listed-images";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Class<ImageRef> recordType() {
    return ImageRef.class;
  }

  @Override
  public StageConfig config() {
    return () -> Settings.builder().put("classes", String.join(" ", classes)).build();
  }

  @Override
  public SortedMap<String, Dataset<?>> inputs() {
    return new TreeMap<>();
  }

  @Override
  public void expand(Pipeline pipeline, StageContext<ImageRef> context) {
    List<String> listed = classes;
    NumberedTasks.expand(
        pipeline,
        context,
        1,
        (numbers, output) -> {
          for (int image = 0; image < listed.size(); image++) {
            output.add(
                ImageRef.newBuilder()
                    .setId(image)
                    .setPath(image + ".png")
                    .setLabel(listed.indexOf(listed.get(image)))
                    .setClassName(listed.get(image))
                    .setSuperLabel(0)
                    .setSuperName("")
                    .setSplit(Split.TRAIN)
                    .setRawRecord(image)
                    .build());
          }
        });
  }
}
