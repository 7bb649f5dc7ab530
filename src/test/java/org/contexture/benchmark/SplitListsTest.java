package org.contexture.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.contexture.locale.OtherDigits;
import org.junit.jupiter.api.Test;

class SplitListsTest {

  private static SortedMap<String, String> lists(LabelReader reader) {
    SplitLists lists = SplitLists.of(reader.name());
    StandIn.of(reader).label().images().forEach(lists::add);
    return lists.texts();
  }

  @Test
  void cubIsCountedAnewInEachList() {
    SortedMap<String, String> lists = lists(new Cub200());

    assertThat(lists).containsOnlyKeys("cub200_test.txt", "cub200_train.txt");
    assertThat(lists.get("cub200_train.txt"))
        .startsWith(
            """
            image_id class_id super_class_id path
            0 1 1 images/001.Black_footed_Albatross/Black_Footed_Albatross_0001_796111.jpg
            1 1 1 images/001.Black_footed_Albatross/Black_Footed_Albatross_0002_55.jpg
            """)
        .endsWith(".jpg\n");
    assertThat(lists.get("cub200_test.txt").lines().skip(1)).first().asString().startsWith("0 101");
  }

  @Test
  void rowsAreTheSameInACountryWithOtherDigits() throws Exception {
    for (LabelReader reader : List.of(new Cub200(), new OnlineProducts(), new INaturalist(1))) {
      assertThat(OtherDigits.there(() -> lists(reader))).isEqualTo(lists(reader));
    }
  }

  @Test
  void carsKeepTheirFolder() {
    assertThat(lists(new Cars196()).get("cars196_train.txt").lines().skip(1))
        .first()
        .isEqualTo("0 1 1 car_ims/000001.jpg");
  }

  @Test
  void onlineProductsAreTheListsThatCameWithThem() {
    String root = "Stanford_Online_Products/";
    StandIn files = StandIn.of(new OnlineProducts());

    assertThat(lists(new OnlineProducts()))
        .containsEntry("Ebay_train.txt", new String(files.content(root + "Ebay_train.txt"), UTF_8))
        .containsEntry("Ebay_test.txt", new String(files.content(root + "Ebay_test.txt"), UTF_8));
  }

  @Test
  void inShopsNumbersGoOnFromListToList() {
    SortedMap<String, String> lists = lists(new InShop());

    assertThat(lists)
        .containsOnlyKeys("inshop_gallery.txt", "inshop_query.txt", "inshop_train.txt");
    assertThat(lists.get("inshop_train.txt").lines()).hasSize(65);
    assertThat(
            Stream.of("inshop_query.txt", "inshop_gallery.txt")
                .flatMap(list -> lists.get(list).lines().skip(1))
                .map(SplitListsTest::id))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(64, 126).boxed().toList());
  }

  private static int id(String row) {
    return Integer.parseInt(row.substring(0, row.indexOf(' ')));
  }

  @Test
  void iNaturalistHasCommasAndNoHeader() {
    assertThat(lists(new INaturalist(1)).get("iNaturalist_train.txt").lines())
        .allMatch(row -> row.matches("train_mini/[^,]+\\.jpg,[0-9]+,[0-9]+"));
  }
}
