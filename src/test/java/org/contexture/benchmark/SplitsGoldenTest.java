package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is known of the paper's lists without the archives: how large they are, and how their first
 * and last rows are written. Their checksums need the archives.
 */
class SplitsGoldenTest {
  private static final JsonNode GOLDEN = GoldenFiles.folder("splits").json("splits.json");
  private static final List<LabelReader> READERS =
      List.of(new Cub200(), new Cars196(), new OnlineProducts(), new InShop(), new INaturalist(5));

  @TestFactory
  Stream<DynamicTest> listsAreAsLargeAndAsWritten() {
    return GOLDEN.get("files").properties().stream()
        .map(file -> dynamicTest(file.getKey(), () -> check(file.getKey(), file.getValue())));
  }

  @Test
  void superClassesOfINaturalistAreSplitAsInThePaper() {
    assertThat(new INaturalist(5).expectedTrainingClasses())
        .isEqualTo(
            StreamSupport.stream(GOLDEN.at("/inat_notebook/train_classes").spliterator(), false)
                .map(JsonNode::asInt)
                .toList());
  }

  private static void check(String name, JsonNode golden) {
    for (LabelReader reader : READERS) {
      SplitListFormat format = SplitListFormat.of(reader.name());
      for (ExpectedCount part : reader.expected()) {
        if (format.fileName(part.subset()).equals(name)) {
          assertThat(part.images()).isEqualTo(golden.get("rows").asLong());
          assertThat(part.classes()).isEqualTo(golden.get("classes").asLong());
          assertThat(format.header()).isEqualTo(golden.get("header").asText() + "\n");
          golden.get("first_rows").forEach(row -> checkRow(row.asText(), format, part));
          golden.get("last_rows").forEach(row -> checkRow(row.asText(), format, part));
          return;
        }
      }
    }
    fail("no benchmark has the list %s", name);
  }

  private static void checkRow(String line, SplitListFormat format, ExpectedCount part) {
    SplitListFormat.Row row = format.read(line).orElseThrow();
    int number = Integer.parseInt(line.substring(0, line.indexOf(' ')));
    LabelledImage image =
        new LabelledImage(number, row.path(), row.label(), "", row.superLabel(), "", part.subset());
    assertThat(format.write(number, image)).isEqualTo(line + "\n");
  }
}
