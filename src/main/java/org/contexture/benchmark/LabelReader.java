package org.contexture.benchmark;

import java.io.Serializable;
import java.util.List;

/** Reads the labels of a published benchmark from the files that its authors offer. */
interface LabelReader extends Serializable {

  /** Its name in experiment files. */
  String name();

  /** Goes up when the same files give other labels than before. */
  int version();

  /** The files that it comes in. */
  List<PublishedFile> files();

  /** Where they are from, and under which terms the images may be used. */
  String attribution();

  /** How many images and classes the published files hold. */
  List<ExpectedCount> expected();

  /** How many of them are for training. */
  default ExpectedCount expectedTraining() {
    return expected().stream()
        .filter(part -> part.subset() == LabelledImage.Subset.TRAIN)
        .findFirst()
        .orElseThrow();
  }

  /** How many training classes each super class has; one super class where there are none. */
  default List<Integer> expectedTrainingClasses() {
    return List.of(Math.toIntExact(expectedTraining().classes()));
  }

  /** See {@link Benchmark#label}. */
  Labelling label(List<String> paths, Benchmark.MetadataReader metadata);
}
