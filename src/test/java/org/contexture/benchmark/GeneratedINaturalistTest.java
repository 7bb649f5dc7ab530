package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.image.ImageDecoder;
import org.contexture.image.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedINaturalistTest {
  private static final int IMAGES = 200;

  @TempDir Path directory;

  @Test
  void aGeneratedDataSetIsReadAsTheBenchmarkIs() throws Exception {
    GeneratedINaturalist.write(directory, IMAGES, 1);
    Unpacked pictures = Unpacked.of(new TarArchive(directory.resolve("train_mini.tar.gz")), 1);
    Unpacked metadata = Unpacked.of(new TarArchive(directory.resolve("train_mini.json.tar.gz")), 1);

    Labelling labelling = new INaturalist(1).label(pictures.paths(), metadata::bytes);

    assertThat(labelling.rejections()).isEmpty();
    assertThat(labelling.images()).hasSize(IMAGES);
    Map<String, Set<Integer>> kinds =
        labelling.images().stream()
            .collect(
                Collectors.groupingBy(
                    LabelledImage::superName,
                    TreeMap::new,
                    Collectors.mapping(LabelledImage::label, Collectors.toSet())));
    assertThat(kinds).hasSize(11).allSatisfy((kind, species) -> assertThat(species).hasSize(4));
    Set<String> different = new HashSet<>();
    for (String path : pictures.paths()) {
      RgbImage image = new ImageDecoder().decode(pictures.bytes(path));
      assertThat(List.of(image.width(), image.height())).containsExactlyInAnyOrder(500, 375);
      different.add(DigestUtils.sha256Hex(pictures.bytes(path)));
    }
    assertThat(different).hasSize(IMAGES);
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws Exception {
    List<String> sums = sums("one", 1);
    assertThat(sums("again", 1)).isEqualTo(sums);
    assertThat(sums("other", 2)).doesNotContainAnyElementsOf(sums);
  }

  private List<String> sums(String name, long seed) throws Exception {
    Path folder = directory.resolve(name);
    GeneratedINaturalist.write(folder, 100, seed);
    return Files.readAllLines(folder.resolve("SHA256SUMS"));
  }

  @Test
  void manySpeciesAreInTheOfficialProportions() {
    Map<String, Long> kinds =
        GeneratedSpecies.of(10_000).stream()
            .collect(Collectors.groupingBy(GeneratedSpecies::kind, Collectors.counting()));
    assertThat(kinds).containsEntry("Plants", 4271L).containsEntry("Animalia", 142L);
  }
}
