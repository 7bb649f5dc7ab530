package org.contexture.experiment;

import java.util.HashMap;
import java.util.Map;
import org.contexture.image.ImageException;
import org.contexture.image.Thumbnail;
import org.contexture.pipeline.StoredDataset;
import org.contexture.record.Example;
import org.contexture.record.ExampleLabel;
import org.contexture.record.Split;
import org.contexture.report.Picture;
import org.contexture.shard.Shards;

/** Examples by the ids of their images, and by their classes, and small pictures of them. */
final class ExamplePictures {
  private final Map<Long, Long> records = new HashMap<>();
  private final Map<Integer, Long> firstOfClass = new HashMap<>();
  private final Map<Integer, Integer> superLabels = new HashMap<>();
  private final Shards<Example> examples;

  ExamplePictures(StoredDataset<Example> stored) {
    examples = stored.open();
    Shards<ExampleLabel> labels = stored.openAs(ExampleLabel.class);
    for (long record = 0; record < labels.size(); record++) {
      ExampleLabel label = labels.project(record);
      records.put(label.getId(), record);
      if (label.getSplit() != Split.TRAIN) {
        firstOfClass.putIfAbsent(label.getLabel(), record);
        superLabels.putIfAbsent(label.getLabel(), label.getSuperLabel());
      }
    }
  }

  /** The example of an image. */
  Example example(long id) {
    return examples.read(records.get(id));
  }

  /** An example of a class, of the images that are asked or searched. */
  Example ofClass(int label) {
    return examples.read(firstOfClass.get(label));
  }

  /** The super class of a class. */
  int superLabel(int label) {
    return superLabels.get(label);
  }

  /** What is stored, or a smaller picture of it where it is large. */
  Picture of(Example example) {
    byte[] stored = example.getImage().array();
    try {
      return Picture.of(Thumbnail.of(stored));
    } catch (ImageException damaged) {
      return Picture.of(stored);
    }
  }
}
