package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.contexture.benchmark.PublishedBenchmark.Counts;
import org.contexture.failure.Failure;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.Test;

/**
 * The splits that are derived from metadata of the official formats at their full sizes: as large
 * and in the order that is known of the paper's lists, and nothing else is accepted. Only how many
 * images each class has, and what they are called, is made up.
 */
class FullSizeTest {
  private static final JsonNode GOLDEN =
      GoldenFiles.folder("splits").json("splits.json").get("files");
  private static final PublishedBenchmark BIRDS = PublishedBenchmark.cub200(Counts.PUBLISHED);
  private static final PublishedBenchmark CARS = PublishedBenchmark.cars196(Counts.PUBLISHED);
  private static final PublishedBenchmark PRODUCTS =
      PublishedBenchmark.onlineProducts(Counts.PUBLISHED);
  private static final PublishedBenchmark CLOTHES = PublishedBenchmark.inShop(Counts.PUBLISHED);
  private static final String BIRD_NAMES = "CUB_200_2011/images.txt";
  private static final String CLOTHES_LIST = "list_eval_partition.txt";
  private static final String TRAINING_PRODUCTS = "Stanford_Online_Products/Ebay_train.txt";
  private static final String TEST_PRODUCTS = "Stanford_Online_Products/Ebay_test.txt";

  /** The lists of a benchmark whose whole metadata is accepted. */
  private static SortedMap<String, String> lists(PublishedBenchmark benchmark, FullSize whole) {
    Labelling labelling = whole.labelBy(benchmark);
    assertThat(labelling.rejections()).isEmpty();
    List<LabelledImage> images = new ArrayList<>(labelling.images());
    images.sort(Comparator.comparingLong(LabelledImage::id)); // as the index has them
    SplitLists lists = SplitLists.of(benchmark.name());
    images.forEach(lists::add);
    return lists.texts();
  }

  private static void assertGolden(SortedMap<String, String> lists, String... names) {
    assertThat(lists).containsOnlyKeys(names);
    lists.forEach((name, text) -> assertGolden(name, GOLDEN.get(name), text));
  }

  private static void assertGolden(String name, JsonNode golden, String text) {
    List<String> lines = text.lines().toList();
    List<String[]> rows =
        lines.subList(1, lines.size()).stream().map(line -> line.split(" ", 4)).toList();
    List<Integer> ids = rows.stream().map(row -> Integer.valueOf(row[0])).toList();
    List<Integer> labels = rows.stream().map(row -> Integer.valueOf(row[1])).toList();
    TreeSet<Integer> classes = new TreeSet<>(labels);
    TreeSet<Integer> superClasses = new TreeSet<>();
    rows.forEach(row -> superClasses.add(Integer.valueOf(row[2])));

    assertThat(lines.get(0)).as(name).isEqualTo(golden.get("header").asText());
    assertThat(rows).as(name).hasSize(golden.get("rows").asInt());
    assertThat(classes).as(name).hasSize(golden.get("classes").asInt());
    assertThat(classes.first()).as(name).isEqualTo(golden.get("class_id_min").asInt());
    assertThat(classes.last()).as(name).isEqualTo(golden.get("class_id_max").asInt());
    assertThat(classes.last() - classes.first() + 1 == classes.size())
        .as("%s: class ids are contiguous", name)
        .isEqualTo(golden.get("class_ids_contiguous").asBoolean());
    assertThat(superClasses).as(name).containsExactlyElementsOf(integers(golden));
    assertThat(ids).as(name).isSorted();
    assertThat(ids.get(0)).as(name).isEqualTo(golden.get("image_id_min").asInt());
    assertThat(ids.get(ids.size() - 1)).as(name).isEqualTo(golden.get("image_id_max").asInt());
    assertThat(ids.equals(IntStream.range(0, ids.size()).boxed().toList()))
        .as("%s: images are numbered by their rows", name)
        .isEqualTo(golden.get("image_id_is_running_row_number_from_0").asBoolean());
    assertThat(labels.equals(labels.stream().sorted().toList()))
        .as("%s: rows are in the order of classes", name)
        .isEqualTo(golden.get("class_ids_non_decreasing").asBoolean());
  }

  private static List<Integer> integers(JsonNode golden) {
    return StreamSupport.stream(golden.get("super_class_ids").spliterator(), false)
        .map(JsonNode::asInt)
        .toList();
  }

  private static void assertRefused(
      PublishedBenchmark benchmark, FullSize changed, String difference) {
    assertThatThrownBy(() -> changed.labelBy(benchmark))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("These are not the published files of " + benchmark.name())
        .hasMessageContaining(difference);
  }

  private static String without(String first, List<String> lines) {
    return String.join("\n", lines.stream().filter(line -> !line.contains(first)).toList()) + "\n";
  }

  @Test
  void birdsAreSplitAsInThePaper() {
    FullSize birds = FullSize.cub200();
    assertGolden(lists(BIRDS, birds), "cub200_train.txt", "cub200_test.txt");

    assertRefused(
        BIRDS,
        birds
            .without(birds.paths().get(0))
            .with(BIRD_NAMES, without("/Bird_00001.jpg", birds.lines(BIRD_NAMES))),
        ": train has 5863 images of 100 classes instead of 5864 of 100. ");
    assertRefused(
        BIRDS,
        FullSize.cub200().replacing("CUB_200_2011/image_class_labels.txt", " 100\n", " 101\n"),
        ": train has 5806 images of 99 classes instead of 5864 of 100; test has ");
  }

  @Test
  void carsAreSplitAsInThePaper() {
    List<Integer> classes = FullSize.carClasses();
    FullSize cars = FullSize.cars196(classes);
    assertGolden(lists(CARS, cars), "cars196_train.txt", "cars196_test.txt");

    assertRefused(
        CARS,
        FullSize.cars196(classes.subList(0, classes.size() - 1)),
        ": test has 8130 images of 98 classes instead of 8131 of 98. ");
    assertRefused(
        CARS,
        FullSize.cars196(classes.stream().map(number -> number == 98 ? 99 : number).toList()),
        ": train has 7972 images of 97 classes instead of 8054 of 98; test has ");
  }

  @Test
  void productsAreSplitByTheirOwnLists() {
    FullSize products = FullSize.onlineProducts();
    SortedMap<String, String> lists = lists(PRODUCTS, products);
    assertThat(lists).containsOnlyKeys("Ebay_train.txt", "Ebay_test.txt");
    lists.forEach(
        (name, text) ->
            assertThat(text.lines().toList()) // one by one they take seconds
                .as(name)
                .isEqualTo(products.lines("Stanford_Online_Products/" + name)));

    List<String> training = products.lines(TRAINING_PRODUCTS);
    assertRefused(
        PRODUCTS,
        products
            .without(products.paths().get(0))
            .with(TRAINING_PRODUCTS, without("_1.JPG", training)),
        ": train has 59550 images of 11318 classes instead of 59551 of 11318. ");
    List<String> test = new ArrayList<>(products.lines(TEST_PRODUCTS));
    test.addAll(training.stream().filter(line -> line.contains("/11318_")).toList());
    assertRefused(
        PRODUCTS,
        products
            .with(TRAINING_PRODUCTS, without("/11318_", training))
            .with(TEST_PRODUCTS, String.join("\n", test)),
        " images of 11317 classes instead of 59551 of 11318; test has ");
  }

  @Test
  void clothesAreSplitAsInThePaper() {
    FullSize clothes = FullSize.inShop();
    assertGolden(
        lists(CLOTHES, clothes), "inshop_train.txt", "inshop_query.txt", "inshop_gallery.txt");

    String first = clothes.paths().get(0);
    assertRefused(
        CLOTHES,
        clothes
            .without(first)
            .with(CLOTHES_LIST, without(first, clothes.lines(CLOTHES_LIST)))
            .replacing(CLOTHES_LIST, "^52712\n", "52711\n"),
        ": train has 25881 images of 3997 classes instead of 25882 of 3997. ");
    assertRefused(
        CLOTHES,
        clothes.replacing(CLOTHES_LIST, "id_00000002 train", "id_00000002 query"),
        " images of 3996 classes instead of 25882 of 3997; query has ");
  }
}
