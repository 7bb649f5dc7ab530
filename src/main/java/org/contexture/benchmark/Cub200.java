package org.contexture.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.fetch.Checksum;

/**
 * CUB-200-2011. Classes 1 to 100 are for training, 101 to 200 for testing; {@code
 * train_test_split.txt} is for classification and not used. Images have their official numbers,
 * whose order is that of {@code images.txt}.
 */
record Cub200() implements LabelReader {
  private static final String ROOT = "CUB_200_2011/";
  private static final String PAIR = "a line is a number, a blank and a value";
  private static final int LAST_TRAINING_CLASS = 100;

  @Override
  public String name() {
    return "cub200";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<PublishedFile> files() {
    return List.of(
        PublishedFile.of(
            "CUB_200_2011.tgz",
            Checksum.md5("97eceeb196236b17998738112f37df78"),
            1_150_585_339,
            "https://data.caltech.edu/records/65de6-vp158/files/CUB_200_2011.tgz?download=1",
            "https://s3.amazonaws.com/fast-ai-imageclas/CUB_200_2011.tgz"));
  }

  @Override
  public String attribution() {
    return "CUB-200-2011 (Wah, Branson, Welinder, Perona, Belongie: The Caltech-UCSD Birds-200-2011"
        + " Dataset, Caltech, CNS-TR-2011-001) is offered by Caltech's data archive"
        + " (https://doi.org/10.22002/D1.20098); the authors do not own the photographs, whose use"
        + " is restricted to non-commercial research and education.";
  }

  @Override
  public List<ExpectedCount> expected() {
    return List.of(
        new ExpectedCount(Subset.TRAIN, 5864, 100), new ExpectedCount(Subset.TEST, 5924, 100));
  }

  @Override
  public Labelling label(List<String> paths, Benchmark.MetadataReader metadata) {
    Listing listing = new Listing(paths);
    Map<String, String> classes = pairs("image_class_labels.txt", metadata, listing);
    Map<String, String> names = pairs("classes.txt", metadata, listing);
    for (MetadataLines.Line line :
        MetadataLines.of(ROOT + "images.txt", metadata.read(ROOT + "images.txt"))) {
      String[] parts = line.parts(2);
      if (parts.length != 2) {
        listing.reject(line.text(), line.where(), PAIR);
        continue;
      }
      String path = ROOT + "images/" + parts[1];
      String number = classes.get(parts[0]);
      Optional<Integer> id = Whole.of(parts[0]);
      Optional<Integer> label = Whole.of(number);
      if (id.isEmpty() || label.isEmpty()) {
        listing.refuse(
            path, line.where(), "image '%s' has no class with a number".formatted(parts[0]));
        continue;
      }
      listing.add(
          new LabelledImage(
              id.get(),
              path,
              label.get(),
              readable(names.getOrDefault(number, number)),
              1,
              "",
              label.get() <= LAST_TRAINING_CLASS ? Subset.TRAIN : Subset.TEST),
          line.where());
    }
    return listing.finish(path -> path.startsWith(ROOT + "images/"));
  }

  private static Map<String, String> pairs(
      String name, Benchmark.MetadataReader metadata, Listing listing) {
    Map<String, String> pairs = new HashMap<>();
    for (MetadataLines.Line line : MetadataLines.of(ROOT + name, metadata.read(ROOT + name))) {
      String[] parts = line.parts(2);
      if (parts.length == 2) {
        pairs.put(parts[0], parts[1]);
      } else {
        listing.reject(line.text(), line.where(), PAIR);
      }
    }
    return pairs;
  }

  /** {@code 001.Black_footed_Albatross} as {@code Black footed Albatross}. */
  private static String readable(String name) {
    return name.substring(name.indexOf('.') + 1).replace('_', ' ');
  }
}
