package org.contexture.benchmark;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.image.ImageFormat;
import org.contexture.record.Rejection;

/**
 * One's own images: a folder, or a zip archive, with one folder per class. A class is named by the
 * path of its folder; classes are numbered in the order of their names, images in the order of
 * their paths. A seeded share of the classes is for testing.
 */
public final class ImageFolder implements Benchmark {
  private static final long serialVersionUID = 1L;

  private final String root;
  private final double testShare;
  private final long seed;

  /**
   * A folder or zip archive of images.
   *
   * @param testShare share of the classes for testing, 0 to 1
   * @param seed chooses them
   */
  public ImageFolder(Path root, double testShare, long seed) {
    this.root = root.toString();
    this.testShare = testShare;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "image-folder";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<FileSource> sources() {
    Path path = Path.of(root);
    return List.of(Files.isRegularFile(path) ? ZipArchive.file(path) : new Folder(path));
  }

  @Override
  public String attribution() {
    return "";
  }

  @Override
  public Labelling label(List<String> paths, MetadataReader metadata) {
    List<Rejection> rejections = new ArrayList<>();
    Map<String, String> classOf = new TreeMap<>();
    for (String path : paths) {
      int slash = path.lastIndexOf('/');
      if (!ImageFormat.isPictureName(path)) {
        rejections.add(new Rejection(path, root, "it is no .png, .jpg or .jpeg"));
      } else if (slash < 0) {
        rejections.add(
            new Rejection(path, root, "it is in no folder, and the folder names the class"));
      } else {
        classOf.put(path, path.substring(0, slash));
      }
    }
    List<String> classes = List.copyOf(new TreeSet<>(classOf.values()));
    Set<String> test = new ClassSplit(seed, "test").share(classes, testShare);
    requireBothSides(classes.size(), test.size());
    List<LabelledImage> images = new ArrayList<>();
    classOf.forEach(
        (path, name) ->
            images.add(
                new LabelledImage(
                    images.size(),
                    path,
                    Collections.binarySearch(classes, name),
                    name,
                    0,
                    "",
                    test.contains(name) ? Subset.TEST : Subset.TRAIN)));
    return new Labelling(images, rejections);
  }

  private void requireBothSides(int classes, int test) {
    if (classes < 2) {
      throw Failure.data(
          "%s has %d classes, where each folder with images is one: both training and testing need"
              + " some, so put the images of two classes or more in folders of their own.",
          root, classes);
    }
    if (test == 0 || test == classes) {
      BigDecimal one = BigDecimal.valueOf(1.0 / classes).round(new MathContext(2));
      throw Failure.data(
          "%s has %d classes (folders with images), and a share of %s of them for testing is %d:"
              + " both training and testing need some. Set benchmark.test_share from %s to %s.",
          root, classes, testShare, test, one, BigDecimal.ONE.subtract(one));
    }
  }
}
