package org.contexture.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.contexture.golden.GoldenFiles;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** How many batches of what make an epoch of the published samplers. */
class SamplersGoldenTest {
  private static final JsonNode GOLDEN = GoldenFiles.folder("schedules").json("samplers.json");
  private static final String REPEATED_GROUPS = "RandomSampler";
  private static final String POOLED = "BalancedSampler+BatchSampler(drop_last)";
  private static final String SHUFFLED = "shuffle, drop_last";
  private static final String HALVES = "HierarchicalSamplerBalanced";
  private static final String PAIRS = "HierarchicalSampler";
  private static final String CUT = "track224_after_cut";

  /** Of a class in a batch of the samplers of super classes. */
  private static final int IMAGES_PER_CLASS = 4;

  @Test
  void everyEntryIsOfAKnownSampler() {
    assertThat(GOLDEN.properties()).isNotEmpty();
    for (Map.Entry<String, JsonNode> entry : GOLDEN.properties()) {
      if (!entry.getKey().equals("pairing")) {
        assertThat(entry.getValue().path("sampler").asText())
            .as(entry.getKey())
            .isIn(REPEATED_GROUPS, POOLED, SHUFFLED, HALVES, PAIRS);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> repeatedGroups() {
    return each(
        REPEATED_GROUPS,
        golden -> {
          int images = golden.get("samples_per_class").asInt();
          BatchSampler sampler =
              new RepeatedGroupsSampler(
                  labels(golden.get("n").asInt(), golden.get("classes_total").asInt()),
                  golden.get("batch_size").asInt() / images,
                  images,
                  golden.get("num_batches_arg").asInt(),
                  golden.get("tries").asInt(),
                  1);
          check(sampler, golden, labelsOf(golden));
        });
  }

  @TestFactory
  Stream<DynamicTest> pools() {
    return each(
        POOLED,
        golden -> {
          int images = golden.get("images_per_class").asInt();
          BatchSampler sampler =
              new PooledSampler(
                  labelsOf(golden), golden.get("batch_size").asInt() / images, images, 1);
          check(sampler, golden, labelsOf(golden));
        });
  }

  @TestFactory
  Stream<DynamicTest> shuffling() {
    return each(
        SHUFFLED,
        golden -> {
          BatchSampler sampler =
              new ShuffledSampler(golden.get("n").asInt(), golden.get("batch_size").asInt(), 1);
          assertThat(sampler.epoch(0))
              .hasSize(golden.get("batches").asInt())
              .hasSize(sampler.batchesPerEpoch());
        });
  }

  @TestFactory
  Stream<DynamicTest> halvesOfSuperClasses() {
    return entries(HALVES)
        .flatMap(
            entry -> {
              JsonNode golden = entry.getValue();
              Groups groups = Groups.of(golden);
              List<DynamicTest> tests = new ArrayList<>();
              int batchesPerPair = golden.get("batches_per_super_pair").asInt();
              int multiplier = golden.get("batch_multiplier").asInt();
              tests.add(
                  dynamicTest(
                      entry.getKey() + " halves",
                      () ->
                          assertThat(
                                  SuperClassHalvesSampler.halves(
                                      groups.images, batchesPerPair, multiplier))
                              .containsExactly(ints(golden.get("half_batches_planned")))));
              for (String track :
                  golden.has("track256") ? List.of("track256", CUT) : List.of("256 alone")) {
                JsonNode expected = golden.has(track) ? golden.get(track) : golden;
                int batchSize = golden.get("batch_size").asInt();
                tests.add(
                    dynamicTest(
                        entry.getKey() + " " + track,
                        () -> {
                          BatchSampler sampler =
                              new SuperClassHalvesSampler(
                                  groups.labels,
                                  groups.superLabels,
                                  batchSize / IMAGES_PER_CLASS,
                                  IMAGES_PER_CLASS,
                                  batchesPerPair,
                                  multiplier,
                                  track.equals(CUT)
                                      ? golden.get("cut_84480_div_batch").asInt()
                                      : Integer.MAX_VALUE,
                                  1);
                          assertThat(sampler.batchesPerEpoch())
                              .isEqualTo(expected.get("batches").asInt());
                          checkHalves(sampler, groups);
                        }));
              }
              return tests.stream();
            });
  }

  @TestFactory
  Stream<DynamicTest> pairing() {
    return StreamSupport.stream(GOLDEN.get("pairing").spliterator(), false)
        .map(
            golden ->
                dynamicTest(
                    golden.get("half_batches").toString(),
                    () -> {
                      Map<String, Integer> histogram = new HashMap<>();
                      for (SuperClassHalvesSampler.Pair pair :
                          SuperClassHalvesSampler.pairs(ints(golden.get("half_batches")))) {
                        int low = Math.min(pair.first(), pair.second());
                        int high = Math.max(pair.first(), pair.second());
                        histogram.merge(low + "-" + high, 1, Integer::sum);
                      }
                      Map<String, Integer> expected = new HashMap<>();
                      golden
                          .get("pair_histogram")
                          .fields()
                          .forEachRemaining(
                              pair -> expected.put(pair.getKey(), pair.getValue().asInt()));
                      assertThat(histogram).isEqualTo(expected);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> pairsOfSuperClasses() {
    return each(
        PAIRS,
        golden -> {
          int supers = golden.get("half_batches_used_per_super").size();
          int pairs = supers * (supers - 1) / 2;
          int batches = golden.get("batches").asInt();
          int classes = golden.get("distinct_classes_per_batch").get(0).asInt();
          int images = golden.get("batch_sizes").get(0).asInt() / classes;
          Groups groups =
              Groups.alike(supers, golden.get("classes_total").asInt() / supers, images);
          BatchSampler sampler =
              new SuperClassPairsSampler(
                  groups.labels, groups.superLabels, classes, images, batches / pairs, 1);
          assertThat(sampler.epoch(0)).hasSize(batches).hasSize(sampler.batchesPerEpoch());
          for (int[] batch : sampler.epoch(0)) {
            assertThat(classes(batch, groups.labels)).hasSize(classes);
            assertThat(classes(batch, groups.superLabels)).hasSize(2);
          }
        });
  }

  /** The facts that an epoch of a sampler without super classes has to share with the original. */
  private static void check(BatchSampler sampler, JsonNode golden, int[] labels) {
    List<int[]> batches = sampler.epoch(0);
    assertThat(batches)
        .hasSize(golden.get("batches").asInt())
        .hasSize(sampler.batchesPerEpoch())
        .allSatisfy(batch -> assertThat(batch).hasSize(golden.get("batch_size").asInt()));
    Set<Set<Integer>> sets = new HashSet<>();
    Set<Integer> seen = new TreeSet<>();
    for (int[] batch : batches) {
      Set<Integer> classes = classes(batch, labels);
      assertThat(classes).hasSize(golden.get("distinct_classes_per_batch").get(0).asInt());
      sets.add(classes);
      seen.addAll(classes);
    }
    assertThat(seen).hasSize(golden.get("distinct_classes_seen").asInt());
    assertThat(sets).hasSize(golden.get("distinct_class_sets").asInt());
    assertSamePlaceSameEpoch(sampler);
  }

  private static void checkHalves(BatchSampler sampler, Groups groups) {
    for (int[] batch : sampler.epoch(0)) {
      int half = batch.length / 2;
      Set<Integer> first = classes(Arrays.copyOf(batch, half), groups.superLabels);
      Set<Integer> second =
          classes(Arrays.copyOfRange(batch, half, batch.length), groups.superLabels);
      assertThat(first).hasSize(1);
      assertThat(second).hasSize(1).isNotEqualTo(first);
    }
    assertSamePlaceSameEpoch(sampler);
  }

  private static void assertSamePlaceSameEpoch(BatchSampler sampler) {
    assertThat(sampler.epoch(3).toArray(int[][]::new))
        .isDeepEqualTo(sampler.epoch(3).toArray(int[][]::new));
    assertThat(Arrays.deepEquals(sampler.epoch(3).toArray(), sampler.epoch(4).toArray())).isFalse();
  }

  private static Set<Integer> classes(int[] batch, int[] labels) {
    Set<Integer> classes = new TreeSet<>();
    for (int example : batch) {
      classes.add(labels[example]);
    }
    return classes;
  }

  /** A test of each entry of a sampler. */
  private static Stream<DynamicTest> each(String sampler, Consumer<JsonNode> test) {
    return entries(sampler)
        .map(entry -> dynamicTest(entry.getKey(), () -> test.accept(entry.getValue())));
  }

  private static Stream<Map.Entry<String, JsonNode>> entries(String sampler) {
    List<Map.Entry<String, JsonNode>> entries = new ArrayList<>();
    GOLDEN
        .fields()
        .forEachRemaining(
            entry -> {
              if (entry.getValue().path("sampler").asText().equals(sampler)) {
                entries.add(entry);
              }
            });
    return entries.stream();
  }

  private static int[] labelsOf(JsonNode golden) {
    return labels(golden.get("n").asInt(), golden.get("classes_total").asInt());
  }

  private static int[] labels(int examples, int classes) {
    int[] labels = new int[examples];
    Arrays.setAll(labels, i -> i % classes);
    return labels;
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  /** Examples of super classes of the sizes that an entry names. */
  private static final class Groups {
    private final int[] labels;
    private final int[] superLabels;
    private final int[] images;

    private Groups(int[] classes, int[] images) {
      this.images = images;
      int all = Arrays.stream(images).sum();
      labels = new int[all];
      superLabels = new int[all];
      int example = 0;
      int firstClass = 0;
      for (int group = 0; group < classes.length; group++) {
        for (int image = 0; image < images[group]; image++) {
          labels[example] = firstClass + image % classes[group];
          superLabels[example++] = group;
        }
        firstClass += classes[group];
      }
    }

    private Groups(int[] classes, int imagesPerClass) {
      this(classes, Arrays.stream(classes).map(count -> count * imagesPerClass).toArray());
    }

    static Groups of(JsonNode golden) {
      if (golden.has("images_per_super")) {
        return new Groups(
            ints(golden.get("classes_per_super")), ints(golden.get("images_per_super")));
      }
      int[] classes = ints(golden.get("train_classes_per_super"));
      return new Groups(classes, golden.get("images_per_class").asInt());
    }

    /** So many super classes of so many classes of so many images. */
    static Groups alike(int supers, int classes, int images) {
      int[] all = new int[supers];
      Arrays.fill(all, classes);
      return new Groups(all, images);
    }
  }
}
