package org.contexture.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.lang3.SerializationUtils;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.locale.OtherDigits;
import org.contexture.record.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageListTest {
  private static final List<String> FILES =
      List.of("a/1.jpg", "a/2.jpg", "b/1.jpg", "b, c/2.jpg", "c/1.jpg", "d/1.jpg", "photos.csv");

  private static Labelling label(String name, String content) {
    return label(name, content.getBytes(UTF_8));
  }

  private static Labelling label(String name, byte[] content) {
    return new ImageList(Path.of("folder", name), 0.5, 1).label(FILES, path -> content);
  }

  @Test
  void aRowIsAnImageWithWhatItIsFor() {
    Labelling labelling =
        label(
            "photos.csv",
            """
            label,path,super_label,split,is_query,is_gallery
            cat,a/1.jpg,pet,train,,
            dog,b/1.jpg,pet,test,true,false
            dog,"b, c/2.jpg",pet,test,0,1
            dog,c/1.jpg,pet,test,True,True
            """);

    assertThat(labelling.rejections()).isEmpty();
    assertThat(labelling.images())
        .containsExactly(
            new LabelledImage(0, "a/1.jpg", 0, "cat", 0, "pet", Subset.TRAIN),
            new LabelledImage(1, "b/1.jpg", 1, "dog", 0, "pet", Subset.QUERY),
            new LabelledImage(2, "b, c/2.jpg", 1, "dog", 0, "pet", Subset.GALLERY),
            new LabelledImage(3, "c/1.jpg", 1, "dog", 0, "pet", Subset.TEST));
  }

  @Test
  void withoutSplitsTheSeedChoosesClasses() {
    Labelling labelling =
        label("photos.csv", "path,label\na/1.jpg,a\na/2.jpg,a\nb/1.jpg,b\nc/1.jpg,c\nd/1.jpg,d\n");

    assertThat(labelling.images())
        .filteredOn(image -> image.subset() == Subset.TEST)
        .extracting(LabelledImage::className)
        .doesNotHaveDuplicates()
        .hasSize(2);
    assertThat(labelling.images()).hasSize(5);
  }

  @Test
  void problemsAreTheSameInACountryWithOtherDigits() throws Exception {
    String content = "path,label\na/1.jpg,a\nb/1.jpg,b\nc/1.jpg\n";

    assertThat(OtherDigits.there(() -> label("photos.csv", content)).rejections())
        .contains(
            new Rejection(
                "c/1.jpg",
                "photos.csv line 4",
                "it has 1 columns, and the first line another number"));
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsLine() {
    Labelling labelling =
        label(
            "photos.csv",
            """
            path,label,split,is_query,is_gallery
            a/1.jpg,cat,train,,
            a/2.jpg,,train,,
            b/1.jpg,dog,validation,,
            c/1.jpg,dog,test,maybe,
            d/1.jpg,dog,test,false,false
            d/1.jpg,dog
            no.jpg,dog,test,,
            c/1.jpg,owl,,,
            c/1.jpg,owl,test,,
            a/1.jpg,cat,train,,
            """);

    assertThat(labelling.rejections())
        .extracting(Rejection::getWhere, Rejection::getWhy)
        .containsExactly(
            tuple("photos.csv line 3", "its path or its label is empty"),
            tuple("photos.csv line 4", "its split is neither train nor test"),
            tuple("photos.csv line 5", "is_query and is_gallery are true or false"),
            tuple("photos.csv line 6", "it is for testing, but neither query nor gallery"),
            tuple("photos.csv line 7", "it has 2 columns, and the first line another number"),
            tuple("photos.csv line 9", "its split is empty"),
            tuple("photos.csv line 8", "it is listed, but there is no such file"),
            tuple("photos.csv line 11", "it is listed a second time"));
  }

  @Test
  void aClassOnBothSidesIsRefusedWithEveryRow() {
    Labelling labelling =
        label(
            "photos.csv",
            """
            path,label,split
            a/1.jpg,cat,train
            b/1.jpg,dog,test
            c/1.jpg,owl,train
            d/1.jpg,owl,test
            """);

    assertThat(labelling.images())
        .extracting(LabelledImage::path)
        .containsExactly("a/1.jpg", "b/1.jpg");
    assertThat(labelling.rejections())
        .extracting(Rejection::getWhere, Rejection::getWhy)
        .containsExactly(
            tuple("photos.csv line 4", "its class owl has images for training and for testing"),
            tuple("photos.csv line 5", "its class owl has images for training and for testing"));
  }

  @Test
  void theSourceIsTheListAndWhatItNames(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("a"));
    for (String file : List.of("a/1.jpg", "a/2.jpg", "b.jpg", "notes.txt")) {
      Files.writeString(folder.resolve(file), file);
    }
    Path csv = Files.writeString(folder.resolve("photos.csv"), "path,label\na/2.jpg,x\nno.jpg,x\n");
    Path txt =
        Files.writeString(
            folder.resolve("photos.txt"),
            "image_id class_id super_class_id path\n1 1 1 b.jpg\nbad\n");

    assertThat(files(csv)).containsExactly("a/2.jpg", "photos.csv");
    assertThat(files(txt)).containsExactly("b.jpg", "photos.txt");
    assertThatThrownBy(() -> files(folder.resolve("no.csv")))
        .isInstanceOf(Failure.class)
        .hasMessage("There is no list %s.", folder.resolve("no.csv"));
  }

  private static List<String> files(Path list) throws Exception {
    FileSource source = new ImageList(list, 0.5, 1).sources().get(0);
    FileSource travelled = SerializationUtils.roundtrip((Folder) source);
    return Unpacked.of(travelled, 1).paths();
  }

  @Test
  void theListOfOnlineProductsIsReadToo() {
    Labelling labelling =
        label(
            "photos.txt",
            """
            image_id class_id super_class_id path
            1 7 2 a/1.jpg
            2 8 2 b, c/2.jpg
            """);

    assertThat(labelling.rejections()).isEmpty();
    assertThat(labelling.images())
        .extracting(LabelledImage::path, LabelledImage::className, LabelledImage::superName)
        .containsExactly(tuple("a/1.jpg", "7", "2"), tuple("b, c/2.jpg", "8", "2"));
  }

  @Test
  void whatIsNoListSaysWhatAListIs() {
    assertThatThrownBy(() -> label("photos.csv", "image,class\na/1.jpg,cat\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has to name its columns: path,label and perhaps super_label")
        .hasMessageContaining("It is: image,class");
    assertThatThrownBy(() -> label("photos.csv", new byte[] {(byte) 0xff, 0x28}))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is no text in UTF-8");
    assertThatThrownBy(() -> label("photos.csv", "path,label\n\"a/1.jpg,cat\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("is no CSV");
  }

  @Test
  void bothSidesNeedClasses() {
    assertThatThrownBy(() -> label("photos.csv", "path,label,split\na/1.jpg,cat,train\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Of the 1 classes of")
        .hasMessageContaining("0 are for testing");
  }
}
