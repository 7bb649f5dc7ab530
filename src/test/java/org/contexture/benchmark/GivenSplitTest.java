package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GivenSplitTest {
  @TempDir Path folder;

  private static List<LabelReader> readers() {
    return List.of(
        new Cub200(), new Cars196(), new OnlineProducts(), new InShop(), new INaturalist(5));
  }

  private void export(LabelReader reader, List<LabelledImage> images) throws IOException {
    SplitLists lists = SplitLists.of(reader.name());
    images.forEach(lists::add);
    for (Map.Entry<String, String> list : lists.texts().entrySet()) {
      Files.writeString(folder.resolve(list.getKey()), list.getValue());
    }
  }

  private GivenSplit split(LabelReader reader) {
    return new GivenSplit(folder, reader.name(), reader.expected());
  }

  @ParameterizedTest
  @MethodSource("readers")
  void whatWasExportedSplitsTheSameWay(LabelReader reader) throws IOException {
    Labelling official = StandIn.of(reader).label();
    export(reader, official.images());

    Labelling given = split(reader).apply(official);

    assertThat(given.rejections()).isEmpty();
    Map<String, LabelledImage> expected =
        official.images().stream()
            .collect(Collectors.toMap(LabelledImage::path, Function.identity()));
    assertThat(given.images())
        .hasSameSizeAs(official.images())
        .isSortedAccordingTo(Comparator.comparingLong(LabelledImage::id))
        .allSatisfy(
            image ->
                assertThat(image)
                    .usingRecursiveComparison()
                    .ignoringFields("id")
                    .isEqualTo(expected.get(image.path())));
  }

  @Test
  void theListsDecideEvenAgainstTheRule() throws IOException {
    LabelReader reader = new INaturalist(5);
    List<LabelledImage> exchanged = new ArrayList<>();
    for (LabelledImage image : StandIn.of(reader).label().images()) {
      exchanged.add(
          new LabelledImage(
              image.id(),
              "shrunk/" + image.path().substring("train_mini/".length()),
              image.label(),
              image.className(),
              image.superLabel(),
              image.superName(),
              image.subset() == Subset.TRAIN ? Subset.TEST : Subset.TRAIN));
    }
    export(reader, exchanged);

    Labelling given = split(reader).apply(StandIn.of(new INaturalist(6)).label());

    assertThat(given.rejections()).isEmpty();
    assertThat(given.images())
        .hasSameSizeAs(exchanged)
        .allSatisfy(
            image ->
                assertThat(exchanged)
                    .anyMatch(
                        other ->
                            image.path().endsWith(other.path().substring("shrunk/".length()))
                                && image.subset() == other.subset()));
  }

  @Test
  void everyRowThatCannotBeUsedIsNamed() throws IOException {
    LabelReader reader = new Cub200();
    Labelling official = StandIn.of(reader).label();
    export(reader, official.images());
    Path list = folder.resolve("cub200_test.txt");
    List<String> lines = new ArrayList<>(Files.readAllLines(list));
    lines.add(lines.get(1));
    lines.add("70 101 1 images/101.White_Pelican/no.jpg");
    lines.add("71 one 1 images/101.White_Pelican/x.jpg");
    lines.add("72 one 1 images/101.White_Pelican/image_id.jpg");
    Files.write(list, lines);

    assertThat(split(reader).apply(official).rejections())
        .extracting(Rejection::getWhere, Rejection::getWhy)
        .containsExactly(
            tuple("cub200_test.txt line 38", "its image is listed a second time"),
            tuple("cub200_test.txt line 39", "it is listed, but there is no such file"),
            tuple("cub200_test.txt line 40", "it is no row of such a list"),
            tuple("cub200_test.txt line 41", "it is no row of such a list"));
  }

  @Test
  void aClassIsNotOnBothSides() throws IOException {
    LabelReader reader = new Cub200();
    Labelling official = StandIn.of(reader).label();
    export(reader, official.images());
    Path list = folder.resolve("cub200_test.txt");
    Files.writeString(list, Files.readString(list).replace(" 101 1 ", " 4 1 "));

    assertThatThrownBy(() -> split(reader).apply(official))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("have class 4 to train on and to test on");
  }

  @Test
  void everyListThatIsMissingIsNamed() {
    assertThatThrownBy(() -> split(new InShop()).files())
        .isInstanceOf(Failure.class)
        .hasMessageContaining("inshop_train.txt and inshop_query.txt and inshop_gallery.txt in")
        .hasMessageContaining(
            "there is no inshop_train.txt and no inshop_query.txt and no inshop_gallery.txt");
  }
}
