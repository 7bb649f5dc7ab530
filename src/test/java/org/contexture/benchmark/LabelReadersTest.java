package org.contexture.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The labels of the five published benchmarks, read from small archives in their formats. */
class LabelReadersTest {
  private static final String IN_SHOP_LIST = "list_eval_partition.txt";
  private static final String CUB = "CUB_200_2011/";
  private static final String SOP = "Stanford_Online_Products/";

  private static List<LabelReader> readers() {
    return List.of(
        new Cub200(), new Cars196(), new OnlineProducts(), new InShop(), new INaturalist(1));
  }

  private static List<LabelledImage> images(LabelReader reader) {
    Labelling labelling = StandIn.of(reader).label();
    assertThat(labelling.rejections()).isEmpty();
    return labelling.images();
  }

  private static List<LabelledImage> images(LabelReader reader, Subset subset) {
    return images(reader).stream().filter(image -> image.subset() == subset).toList();
  }

  private static Set<Integer> classes(List<LabelledImage> images) {
    return images.stream().map(LabelledImage::label).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("readers")
  void idsAreUniqueAndNoTrainingClassIsTestedOn(LabelReader reader) {
    List<LabelledImage> images = images(reader);

    assertThat(images).extracting(LabelledImage::id).doesNotHaveDuplicates();
    assertThat(classes(images.stream().filter(i -> i.subset() == Subset.TRAIN).toList()))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(
            classes(images.stream().filter(i -> i.subset() != Subset.TRAIN).toList()));
  }

  @ParameterizedTest
  @MethodSource("readers")
  void aFileThatIsListedButMissingIsRefusedAndSoIsOneThatIsNotListed(LabelReader reader) {
    String first = images(reader).get(0).path();
    String stranger = first.substring(0, first.lastIndexOf('/') + 1) + "stranger.jpg";

    Labelling labelling = StandIn.of(reader).without(first).withFile(stranger).label();

    assertThat(labelling.rejections())
        .extracting(Rejection::getWhat, Rejection::getWhy)
        .containsExactly(
            tuple(first, "it is listed, but there is no such file"),
            tuple(stranger, "it is in the archive but in no list"));
    assertThat(labelling.images()).hasSize(images(reader).size() - 1);
  }

  @Test
  void cubTakesTheFirstHundredClassesForTraining() {
    List<LabelledImage> training = images(new Cub200(), Subset.TRAIN);
    List<LabelledImage> test = images(new Cub200(), Subset.TEST);

    assertThat(training).hasSize(36);
    assertThat(test).hasSize(36);
    assertThat(classes(training)).containsExactlyInAnyOrder(1, 2, 4, 10, 43, 99);
    assertThat(classes(test)).containsExactlyInAnyOrder(101, 102, 110, 150, 199, 200);
    assertThat(training.get(0))
        .isEqualTo(
            new LabelledImage(
                1,
                CUB + "images/001.Black_footed_Albatross/Black_Footed_Albatross_0001_796111.jpg",
                1,
                "Black footed Albatross",
                1,
                "",
                Subset.TRAIN));
  }

  @Test
  void cubNamesTheLineThatIsWrong() {
    Labelling labelling =
        StandIn.of(new Cub200())
            .replacing(CUB + "image_class_labels.txt", "3 1\n", "3 one\n")
            .replacing(CUB + "images.txt", "\n5 001", "\n5_001")
            .label();

    assertThat(labelling.rejections())
        .extracting(Rejection::getWhere)
        .first()
        .isEqualTo(CUB + "images.txt line 3");
  }

  @Test
  void carsTakesClassesFromTheAnnotations() {
    List<LabelledImage> training = images(new Cars196(), Subset.TRAIN);

    assertThat(training).hasSize(30);
    assertThat(images(new Cars196(), Subset.TEST)).hasSize(30);
    assertThat(classes(training)).containsExactlyInAnyOrder(1, 2, 3, 4, 39, 98);
    assertThat(classes(images(new Cars196(), Subset.TEST)))
        .containsExactlyInAnyOrder(99, 100, 101, 102, 174, 196);
    assertThat(training)
        .isSortedAccordingTo((one, other) -> Long.compare(one.id(), other.id()))
        .allMatch(image -> image.path().equals("car_ims/%06d.jpg".formatted(image.id())));
    assertThat(training.get(0).className()).isNotBlank();
  }

  @Test
  void carsRefusesAMatlabFileThatIsCutShortOrNone() {
    StandIn cars = StandIn.of(new Cars196());
    byte[] whole = cars.content("cars_annos.mat");

    for (byte[] broken :
        List.of(
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, 128),
            "MATLAB".getBytes(UTF_8),
            new byte[0])) {
      assertThatThrownBy(() -> cars.with("cars_annos.mat", broken).label())
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("cars_annos.mat cannot be read as the MATLAB file of Cars-196");
    }
  }

  @Test
  void onlineProductsAreCountedFromZero() {
    List<LabelledImage> training = images(new OnlineProducts(), Subset.TRAIN);

    assertThat(training).hasSize(48);
    assertThat(images(new OnlineProducts(), Subset.TEST)).hasSize(48);
    assertThat(training.get(0))
        .isEqualTo(
            new LabelledImage(
                1,
                SOP + "bicycle_final/381116774152_0.JPG",
                0,
                "381116774152",
                0,
                "bicycle",
                Subset.TRAIN));
    assertThat(classes(training)).hasSize(12);
  }

  @Test
  void onlineProductsNamesRowsThatAreNone() {
    Labelling labelling =
        StandIn.of(new OnlineProducts())
            .replacing(SOP + "Ebay_train.txt", "\n2 1 1 ", "\ntwo 1 1 ")
            .label();

    assertThat(labelling.rejections())
        .extracting(Rejection::getWhere)
        .first()
        .isEqualTo(SOP + "Ebay_train.txt line 3");
  }

  @Test
  void inShopNumbersItemsByTheirNamesAndImagesByTheList() {
    List<LabelledImage> images = images(new InShop());
    Map<Subset, Long> counts =
        images.stream()
            .collect(Collectors.groupingBy(LabelledImage::subset, Collectors.counting()));

    assertThat(counts)
        .containsOnly(
            Map.entry(Subset.TRAIN, 64L),
            Map.entry(Subset.QUERY, 32L),
            Map.entry(Subset.GALLERY, 30L));
    assertThat(images).extracting(LabelledImage::id).containsExactlyElementsOf(counted(126));
    Map<String, Integer> training =
        images.stream()
            .filter(image -> image.subset() == Subset.TRAIN)
            .collect(Collectors.toMap(LabelledImage::className, LabelledImage::label, (a, b) -> a));
    assertThat(new HashSet<>(training.values())).hasSize(14).contains(0, 13);
    assertThat(training.keySet().stream().sorted().map(training::get).toList()).isSorted();
    Set<Integer> queries = classes(images(new InShop(), Subset.QUERY));
    assertThat(queries).hasSize(10).contains(14, 23);
    assertThat(classes(images(new InShop(), Subset.GALLERY))).isEqualTo(queries);
  }

  private static List<Long> counted(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  @Test
  void inShopComparesItsListWithTheCountAtItsHead() {
    Labelling labelling =
        StandIn.of(new InShop()).replacing(IN_SHOP_LIST, "126\n", "127\n").label();

    assertThat(labelling.rejections())
        .containsExactly(
            new Rejection(
                "127", IN_SHOP_LIST + " line 1", "it says how many images follow, and 126 do"));
  }

  @Test
  void inShopRefusesAnotherFileAndTextThatIsNone() {
    StandIn inShop = StandIn.of(new InShop());

    assertThatThrownBy(() -> inShop.with(IN_SHOP_LIST, "126\npath\n".getBytes(UTF_8)).label())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("its second line has to be");
    assertThatThrownBy(() -> inShop.with(IN_SHOP_LIST, new byte[] {(byte) 0xc3, 0x28}).label())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is no text in UTF-8");
  }

  @Test
  void inShopReadsLinesThatEndAsOnWindows() {
    assertThat(StandIn.of(new InShop()).replacing(IN_SHOP_LIST, "\n", "\r\n").label())
        .isEqualTo(StandIn.of(new InShop()).label());
  }

  @Test
  void iNaturalistTestsWithHalfOfEachSuperCategoryRoundedDown() {
    List<LabelledImage> images = images(new INaturalist(1));

    assertThat(images).hasSize(96);
    Map<Integer, List<LabelledImage>> kinds =
        images.stream().collect(Collectors.groupingBy(LabelledImage::superLabel));
    assertThat(kinds).hasSize(11);
    kinds.forEach(
        (kind, members) ->
            assertThat(classes(members.stream().filter(i -> i.subset() == Subset.TEST).toList()))
                .hasSize(classes(members).size() / 2));
    assertThat(images.stream().sorted(Comparator.comparing(LabelledImage::superName)))
        .extracting(LabelledImage::superLabel)
        .isSorted();
    assertThat(images)
        .allMatch(
            image ->
                Integer.parseInt(image.path().substring("train_mini/".length(), 16))
                    == image.label());
  }

  @Test
  void iNaturalistDrawsBySeed() {
    Function<Long, Set<Integer>> drawn =
        seed -> classes(images(new INaturalist(seed), Subset.TEST));

    assertThat(drawn.apply(1L)).isEqualTo(drawn.apply(1L));
    assertThat(LongStream.range(0, 5).boxed().map(drawn).distinct().count()).isGreaterThan(1);
  }

  @Test
  void iNaturalistSaysWhatAnEntryLacksAndWhetherTheFileIsWhole() {
    String metadata = "train_mini.json";
    StandIn mini = StandIn.of(new INaturalist(1));
    byte[] whole = mini.content(metadata);

    assertThatThrownBy(() -> mini.with(metadata, Arrays.copyOf(whole, 5000)).label())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is no complete JSON");
    assertThatThrownBy(
            () ->
                StandIn.of(new INaturalist(1)).replacing(metadata, "supercategory", "kind").label())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("an entry of categories")
        .hasMessageContaining("has no usable supercategory");
    assertThat(
            StandIn.of(new INaturalist(1))
                .replacing(metadata, "\"latitude\": null", "\"latitude\": NaN")
                .label()
                .rejections())
        .isEmpty();
  }
}
