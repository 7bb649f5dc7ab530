package org.contexture.benchmark;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.contexture.benchmark.LabelledImage.Subset;

/**
 * How large a part of a benchmark is.
 *
 * @param images how many images
 * @param classes how many classes
 */
record ExpectedCount(Subset subset, long images, long classes) implements Serializable {

  /** What is different, in words. */
  Optional<String> difference(List<LabelledImage> labelled) {
    List<LabelledImage> own = own(labelled);
    return own.size() == images && classes(own) == classes
        ? Optional.empty()
        : Optional.of(
            "%s has %d images of %d classes instead of %d of %d"
                .formatted(subset.word(), own.size(), classes(own), images, classes));
  }

  /** Whether nothing but images is missing, and no class that no image is missing for. */
  boolean onlyLacksImages(List<LabelledImage> labelled) {
    List<LabelledImage> own = own(labelled);
    long missing = images - own.size();
    long missingClasses = classes - classes(own);
    return missingClasses >= 0 && missingClasses <= missing;
  }

  private List<LabelledImage> own(List<LabelledImage> labelled) {
    return labelled.stream().filter(image -> image.subset() == subset).toList();
  }

  private static long classes(List<LabelledImage> own) {
    return own.stream().mapToInt(LabelledImage::label).distinct().count();
  }
}
