package org.contexture.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.fetch.Checksum;
import org.contexture.fetch.RemoteFile;

/**
 * iNaturalist 2021, mini training set. Of the species of each super category half, rounded down,
 * are for testing, drawn by a seed; the paper drew its own without one. Classes, super classes (in
 * the order of their names) and images have their official numbers.
 *
 * @param seed draws the species for testing
 */
record INaturalist(long seed) implements LabelReader {
  private static final String METADATA = "train_mini.json";
  private static final String PLACE = "https://ml-inat-competition-datasets.s3.amazonaws.com/2021/";

  /** Amphibians, other animals, arachnids, birds, and so on, in the order of their names. */
  private static final List<Integer> SPECIES =
      List.of(170, 142, 153, 1486, 341, 2526, 246, 169, 4271, 183, 313);

  @Override
  public String name() {
    return "inaturalist";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<PublishedFile> files() {
    return List.of(
        PublishedFile.of(
            "train_mini.tar.gz",
            Checksum.md5("db6ed8330e634445efc8fec83ae81442"),
            44_636_137_542L,
            PLACE + "train_mini.tar.gz"),
        PublishedFile.of(
            "train_mini.json.tar.gz",
            Checksum.md5("395a35be3651d86dc3b0d365b8ea5f92"),
            RemoteFile.UNKNOWN_LENGTH,
            PLACE + "train_mini.json.tar.gz"));
  }

  @Override
  public String attribution() {
    return "iNaturalist 2021 (Van Horn, Cole, Beery, Wilber, Belongie, Mac Aodha: Benchmarking"
        + " Representation Learning for Natural World Image Collections, CVPR 2021) is offered by"
        + " its competition (https://github.com/visipedia/inat_comp/tree/master/2021), for"
        + " non-commercial research and education; each photograph keeps its own licence, which"
        + " train_mini.json names.";
  }

  @Override
  public List<ExpectedCount> expected() {
    return List.of(
        new ExpectedCount(Subset.TRAIN, 250150, 5003),
        new ExpectedCount(Subset.TEST, 249850, 4997));
  }

  /** Of each super category, in the order of their names, the half that is not for testing. */
  @Override
  public List<Integer> expectedTrainingClasses() {
    return SPECIES.stream().map(species -> species - species / 2).toList();
  }

  @Override
  public Labelling label(List<String> paths, Benchmark.MetadataReader metadata) {
    Contents contents = contents(metadata.read(METADATA));
    SortedMap<String, Set<String>> kinds = new TreeMap<>();
    contents
        .categories()
        .forEach(
            (number, category) ->
                kinds
                    .computeIfAbsent(category.kind(), kind -> new HashSet<>())
                    .add(number.toString()));
    List<String> order = List.copyOf(kinds.keySet());
    ClassSplit split = new ClassSplit(seed, "test");
    Set<String> test = new HashSet<>();
    kinds.values().forEach(numbers -> test.addAll(split.some(numbers, numbers.size() / 2)));
    Listing listing = new Listing(paths);
    for (Map.Entry<Long, String> image : contents.images().entrySet()) {
      Long number = contents.annotations().get(image.getKey());
      Category category = number == null ? null : contents.categories().get(number);
      if (category == null) {
        listing.refuse(image.getValue(), METADATA, "it has no annotation with a known category");
        continue;
      }
      listing.add(
          new LabelledImage(
              image.getKey(),
              image.getValue(),
              Math.toIntExact(number),
              category.name(),
              order.indexOf(category.kind()),
              category.kind(),
              test.contains(number.toString()) ? Subset.TEST : Subset.TRAIN),
          METADATA);
    }
    return listing.finish(path -> path.startsWith("train_mini/"));
  }

  private record Category(String name, String kind) {}

  /** What the file holds: file names, categories and the category of each image, by number. */
  private record Contents(
      SortedMap<Long, String> images,
      Map<Long, Category> categories,
      Map<Long, Long> annotations) {}

  private static Contents contents(byte[] json) {
    Contents contents = new Contents(new TreeMap<>(), new HashMap<>(), new HashMap<>());
    JsonFactory factory =
        JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    try (JsonParser parser = factory.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Failure.data("%s is no JSON object.", METADATA);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String section = parser.currentName();
        parser.nextToken();
        if (List.of("images", "categories", "annotations").contains(section)) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            take(section, new Fields(parser, section, values(parser)), contents);
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException broken) {
      throw Failure.data(
              "%s is no complete JSON (%s). It may have been cut short on the way here: fetch it"
                  + " again.",
              METADATA, broken.getMessage())
          .causedBy(broken);
    }
    return contents;
  }

  private static void take(String section, Fields fields, Contents contents) {
    switch (section) {
      case "images" -> contents.images().put(fields.number("id"), fields.text("file_name"));
      case "categories" ->
          contents
              .categories()
              .put(
                  fields.number("id"),
                  new Category(fields.text("name"), fields.text("supercategory")));
      default ->
          contents.annotations().put(fields.number("image_id"), fields.number("category_id"));
    }
  }

  /** The plain values of an object. */
  private static Map<String, String> values(JsonParser parser) throws IOException {
    Map<String, String> values = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken().isScalarValue()) {
        values.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    return values;
  }

  /** An object of the file, whose values have to be there. */
  private record Fields(JsonParser parser, String section, Map<String, String> values) {

    String text(String name) {
      String value = values.get(name);
      if (value == null) {
        throw wrong(name);
      }
      return value;
    }

    long number(String name) {
      try {
        return Long.parseLong(text(name));
      } catch (NumberFormatException notNumber) {
        throw wrong(name).causedBy(notNumber);
      }
    }

    private Failure wrong(String name) {
      List<String> keys = new ArrayList<>(new TreeMap<>(values).keySet());
      return Failure.data(
          "%s: an entry of %s that ends in line %d, column %d has no usable %s, only %s.",
          METADATA,
          section,
          parser.currentLocation().getLineNr(),
          parser.currentLocation().getColumnNr(),
          name,
          keys);
    }
  }
}
