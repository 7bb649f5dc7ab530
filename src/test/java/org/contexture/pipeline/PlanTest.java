package org.contexture.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.contexture.record.RawPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir Path directory;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory.resolve("store"));
  }

  private static Settings settings(long seed, String name) {
    return Settings.builder().put("seed", seed).put("name", name).build();
  }

  private static ToyStage toy() {
    return ToyStage.named("toy").with(settings(1, "x"));
  }

  private static Dataset<RawPath> dataset(ToyStage stage) {
    return new Dataset<>(stage.name(), stage);
  }

  private Plan.Step step(ToyStage stage) {
    StageGraph.Builder builder = StageGraph.builder();
    ToyStage wired = stage.reading("in", builder.add("source", ToyStage.named("source")));
    builder.add("toy", wired);
    return Plan.of(builder.build(), store, Set.of()).steps().get(1);
  }

  private Dataset<RawPath> existing(ToyStage stage) {
    return dataset(stage.reading("in", dataset(ToyStage.named("source"))));
  }

  @Test
  void whatExistsIsReused() throws IOException {
    Manifest manifest = Manifests.commit(store, existing(toy()));

    Plan.Step step = step(toy());

    assertThat(step.decision()).isEqualTo(Plan.Decision.REUSE);
    assertThat(step.reason()).isEqualTo("made " + Manifests.STARTED);
    assertThat(step.existing().orElseThrow().toJson()).isEqualTo(manifest.toJson());
  }

  @Test
  void whatNeverWasIsNotMadeYet() {
    Plan.Step step = step(toy());

    assertThat(step.decision()).isEqualTo(Plan.Decision.RUN);
    assertThat(step.reason()).isEqualTo("not made yet");
    assertThat(step.existing()).isEmpty();
  }

  @Test
  void whatHasADamagedManifestIsMadeAgain() throws IOException {
    Dataset<RawPath> before = existing(toy());
    Manifests.commit(store, before);
    Files.writeString(store.directory(before.id()).resolve(Manifest.FILE), "");

    Plan.Step step = step(toy());

    assertThat(step.decision()).isEqualTo(Plan.Decision.RUN);
    assertThat(step.reason()).isEqualTo("its manifest is damaged");
    assertThat(step(toy().with(settings(2, "x"))).reason()).isEqualTo("not made yet");
  }

  @Test
  void theSettingThatDiffersIsNamed() throws IOException {
    Dataset<RawPath> before = existing(toy());
    Manifests.commit(store, before);

    assertThat(step(toy().with(settings(2, "x"))).reason())
        .isEqualTo("setting seed: 1 → 2 (nearest: %s)", before.id());
    assertThat(step(toy().with("seed", 1)).reason())
        .isEqualTo("setting name: x → unset (nearest: %s)", before.id());
    assertThat(
            step(toy()
                    .with(
                        Settings.builder()
                            .put("seed", 1)
                            .put("name", "x")
                            .put("rate", 0.5)
                            .build()))
                .reason())
        .isEqualTo("setting rate: unset → 0.5 (nearest: %s)", before.id());
  }

  @Test
  void aNestedSettingIsNamedByItsPath() throws IOException {
    Settings loss = Settings.builder().put("margin", 0.5).build();
    Settings wider = Settings.builder().put("margin", 0.75).build();
    Dataset<RawPath> before = existing(toy().with(Settings.builder().put("loss", loss).build()));
    Manifests.commit(store, before);

    assertThat(step(toy().with(Settings.builder().put("loss", wider).build())).reason())
        .isEqualTo("setting loss.margin: 0.5 → 0.75 (nearest: %s)", before.id());
  }

  @Test
  void theVersionThatDiffersIsNamed() throws IOException {
    Dataset<RawPath> before = existing(toy());
    Manifests.commit(store, before);

    assertThat(step(toy().withVersion(2)).reason())
        .isEqualTo("version 1 → 2 (nearest: %s)", before.id());
  }

  @Test
  void theInputThatDiffersIsNamed() throws IOException {
    Dataset<RawPath> otherSource = dataset(ToyStage.named("source").withVersion(7));
    Dataset<RawPath> before = dataset(toy().reading("in", otherSource));
    Manifests.commit(store, before);

    assertThat(step(toy()).reason())
        .isEqualTo(
            "input in: %s → %s (nearest: %s)",
            otherSource.id(), dataset(ToyStage.named("source")).id(), before.id());
  }

  @Test
  void anInputThatIsNewOrGoneIsSaidToBeNone() throws IOException {
    Dataset<RawPath> source = dataset(ToyStage.named("source"));
    Dataset<RawPath> before = dataset(toy());
    Manifests.commit(store, before);

    assertThat(step(toy()).reason())
        .isEqualTo("input in: none → %s (nearest: %s)", source.id(), before.id());

    Dataset<RawPath> more = existing(toy().reading("more", source));
    store.delete(before.id());
    Manifests.commit(store, more);
    assertThat(step(toy()).reason())
        .isEqualTo("input more: %s → none (nearest: %s)", source.id(), more.id());
  }

  @Test
  void theSchemaThatDiffersIsNamed() throws IOException {
    Dataset<RawPath> same = existing(toy());
    Manifests.commit(store, same);
    Path manifest = store.directory(same.id()).resolve(Manifest.FILE);
    ObjectMapper json = new ObjectMapper();
    ObjectNode changed = (ObjectNode) json.readTree(manifest.toFile());
    changed.put("schema", "another");
    String otherFingerprint = "0123456789abcdef".repeat(4);
    changed.put("fingerprint", otherFingerprint);
    store.delete(same.id());
    DatasetId id = new DatasetId("toy", otherFingerprint.substring(0, 16));
    Files.createDirectories(store.directory(id));
    json.writeValue(store.directory(id).resolve(Manifest.FILE).toFile(), changed);

    assertThat(step(toy()).reason())
        .isEqualTo("schema of org.contexture.record.RawPath (nearest: %s)", id);
  }

  @Test
  void theNearestOfSeveralIsComparedWith() throws IOException {
    Manifests.commit(store, existing(toy().withVersion(9).with(settings(5, "y"))));
    Dataset<RawPath> near = existing(toy().with(settings(1, "y")));
    Manifests.commit(store, near, "2023-01-01T00:00:00Z");

    assertThat(step(toy()).reason()).isEqualTo("setting name: y → x (nearest: %s)", near.id());
  }

  @Test
  void ofEquallyNearOnesTheNewestIsComparedWith() throws IOException {
    Manifests.commit(store, existing(toy().with(settings(2, "x"))), "2024-01-01T00:00:00Z");
    Dataset<RawPath> newest = existing(toy().with(settings(3, "x")));
    Manifests.commit(store, newest, "2024-03-01T00:00:00Z");
    Manifests.commit(store, existing(toy().with(settings(4, "x"))), "2024-02-01T00:00:00Z");

    assertThat(step(toy()).reason()).isEqualTo("setting seed: 3 → 1 (nearest: %s)", newest.id());
  }

  @Test
  void whatIsToBeRebuiltRunsAlthoughItExists() throws IOException {
    StageGraph.Builder builder = StageGraph.builder();
    Dataset<RawPath> source = builder.add("source", ToyStage.named("source"));
    Manifest manifest = Manifests.commit(store, source);

    Plan plan = Plan.of(builder.build(), store, Set.of(source));

    assertThat(plan.steps())
        .containsExactly(
            new Plan.Step(source, Plan.Decision.RUN, "to be rebuilt", Optional.of(manifest)));
  }
}
