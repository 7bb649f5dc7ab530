package org.contexture.benchmark;

import java.util.List;
import org.contexture.record.Rejection;

/**
 * The outcome of reading a benchmark's labels.
 *
 * @param images the images that have a class and a file
 * @param rejections everything else: rows without a file, files without a row, unusable rows
 */
public record Labelling(List<LabelledImage> images, List<Rejection> rejections) {
  public Labelling {
    images = List.copyOf(images);
    rejections = List.copyOf(rejections);
  }
}
