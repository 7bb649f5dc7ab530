package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.apache.beam.sdk.Pipeline;
import org.contexture.record.RawFile;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Dataset<RawPath> SOURCE = new Dataset<>("source", ToyStage.named("source"));

  private static ToyStage pinned() {
    return ToyStage.named("toy")
        .withVersion(3)
        .with(Settings.builder().put("seed", 1).put("share", 0.5).put("name", "x").build())
        .reading("images", SOURCE);
  }

  /** If this fails, every dataset of every store would be made again: change it knowingly. */
  @Test
  void fingerprintsAreTheSameForEver() {
    assertThat(Fingerprint.of(pinned()).hex())
        .isEqualTo("c4b59beb16b04beeb91599c823fa71b436d87236a7084c7d71d8c0399b69d23b");
    assertThat(Fingerprint.ofSchema(RawFile.getClassSchema()))
        .isEqualTo("49b756d31cbf6090ce2c7bf3b4325506657de40be439102b585316c62e6ed0e9");
  }

  @Test
  void theShortFormIsTheFirstSixteenDigits() {
    Fingerprint fingerprint = Fingerprint.of(pinned());

    assertThat(fingerprint.hex()).hasSize(64);
    assertThat(fingerprint).hasToString(fingerprint.hex().substring(0, 16));
  }

  @Test
  void everythingThatDeterminesTheResultMatters() {
    ToyStage stage = pinned();
    Dataset<RawPath> other = new Dataset<>("source", ToyStage.named("source").withVersion(2));
    List<Stage<?>> variants =
        List.of(
            stage,
            ToyStage.named("other").withVersion(3).with(stage.settings()).reading("images", SOURCE),
            stage.withVersion(4),
            stage.with("seed", 1),
            stage.with(
                Settings.builder().put("seed", 1).put("share", 0.5).put("name", "y").build()),
            stage.reading("images", other),
            stage.reading("more", SOURCE),
            ToyStage.named("toy").withVersion(3).with(stage.settings()).reading("files", SOURCE),
            new OtherType(stage));

    Set<String> fingerprints = new HashSet<>();
    variants.forEach(variant -> fingerprints.add(Fingerprint.of(variant).hex()));

    assertThat(fingerprints).hasSameSizeAs(variants);
  }

  @Test
  void whatDoesNotChangeTheResultDoesNotMatter() {
    Dataset<RawPath> renamed = new Dataset<>("another label", ToyStage.named("source"));

    assertThat(
            Fingerprint.of(
                pinned()
                    .withMaxRejectedShare(0.5)
                    .reading("images", renamed)
                    .with(
                        Settings.builder()
                            .put("name", "x")
                            .put("share", 0.5)
                            .put("seed", 1)
                            .build())))
        .isEqualTo(Fingerprint.of(pinned()));
  }

  /** The same stage with another record type. */
  private record OtherType(ToyStage stage) implements Stage<RawFile> {
    @Override
    public String name() {
      return stage.name();
    }

    @Override
    public int version() {
      return stage.version();
    }

    @Override
    public Class<RawFile> recordType() {
      return RawFile.class;
    }

    @Override
    public StageConfig config() {
      return stage.config();
    }

    @Override
    public SortedMap<String, Dataset<?>> inputs() {
      return stage.inputs();
    }

    @Override
    public void expand(Pipeline pipeline, StageContext<RawFile> context) {
      throw new UnsupportedOperationException("only its fingerprint is asked for");
    }
  }
}
