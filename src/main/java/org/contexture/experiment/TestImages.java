package org.contexture.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.contexture.pipeline.Store;
import org.contexture.record.ImageRef;
import org.contexture.record.Split;

/**
 * The images that an experiment is tested on, as they came and not as it prepares them. They are
 * those of another experiment if they are equal: from the same files, with the same ids and labels,
 * and the same ones are queries.
 *
 * @param sources SHA-256 of the content of all that they are taken out of
 * @param images the images, in the order of their ids
 */
record TestImages(List<String> sources, List<TestImage> images) {

  /** An image by its place among the files. */
  record TestImage(long id, String path, int label, Split split) {}

  TestImages {
    sources = List.copyOf(sources);
    images = List.copyOf(images);
  }

  /** How a comparison calls them: how many, and of which experiment, the first that has them. */
  String describedAsOf(String experiment) {
    return String.format(Locale.ROOT, "%,d, those of %s", images.size(), experiment);
  }

  /** The test images of an experiment whose datasets are in the store. */
  static TestImages of(Experiment experiment, Store store) {
    List<TestImage> images = new ArrayList<>();
    for (ImageRef image : store.open(experiment.images()).open()) {
      if (image.getSplit() != Split.TRAIN && image.getSplit() != Split.VALIDATION) {
        images.add(
            new TestImage(image.getId(), image.getPath(), image.getLabel(), image.getSplit()));
      }
    }
    return new TestImages(experiment.origin().sha256(store), images);
  }
}
