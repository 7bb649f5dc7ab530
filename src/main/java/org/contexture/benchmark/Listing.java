package org.contexture.benchmark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.contexture.record.Rejection;

/** Matches the images that lists name with the files there are. */
final class Listing {
  private final List<String> paths;
  private final Set<String> files;
  private final Set<String> listed = new HashSet<>();
  private final List<LabelledImage> images = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  /**
   * A listing of nothing so far.
   *
   * @param paths every file of the archives
   */
  Listing(List<String> paths) {
    this.paths = paths;
    this.files = new HashSet<>(paths);
  }

  /**
   * Takes an image, unless its file is missing or was listed before.
   *
   * @param where the place of the list that names it
   */
  void add(LabelledImage image, String where) {
    if (!listed.add(image.path())) {
      reject(image.path(), where, "it is listed a second time");
    } else if (!files.contains(image.path())) {
      reject(image.path(), where, "it is listed, but there is no such file");
    } else {
      images.add(image);
    }
  }

  /** Refuses an image that a list names. */
  void refuse(String path, String where, String why) {
    listed.add(path);
    reject(path, where, why);
  }

  /** Refuses something else that a list says. */
  void reject(String what, String where, String why) {
    rejections.add(new Rejection(what, where, why));
  }

  /** The outcome; image files that no list names are refused. */
  Labelling finish(Predicate<String> isImage) {
    for (String path : paths) {
      if (isImage.test(path) && !listed.contains(path)) {
        reject(path, "the archive", "it is in the archive but in no list");
      }
    }
    return new Labelling(images, rejections);
  }
}
