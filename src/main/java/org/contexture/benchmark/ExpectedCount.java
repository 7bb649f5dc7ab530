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
    List<LabelledImage> own = labelled.stream().filter(image -> image.subset() == subset).toList();
    long ownClasses = own.stream().mapToInt(LabelledImage::label).distinct().count();
    return own.size() == images && ownClasses == classes
        ? Optional.empty()
        : Optional.of(
            "%s has %d images of %d classes instead of %d of %d"
                .formatted(subset.word(), own.size(), ownClasses, images, classes));
  }
}
