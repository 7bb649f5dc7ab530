package org.contexture.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.contexture.fetch.Checksum;
import org.contexture.image.AugmentationConfig;
import org.contexture.image.Resize;
import org.contexture.loss.LossConfig;
import org.contexture.loss.LossName;
import org.contexture.model.Backbone;
import org.contexture.model.BatchNormMode;
import org.contexture.model.Head;
import org.contexture.model.ModelConfig;
import org.contexture.model.Precision;
import org.contexture.pipeline.StageConfig;
import org.contexture.record.Selection;
import org.contexture.retrieval.QueriesWithoutRelevant;
import org.contexture.retrieval.rerank.RerankMethod;
import org.contexture.sampling.SamplerConfig;
import org.contexture.training.Adam;
import org.contexture.training.FreeEmbeddingsConfig;
import org.contexture.training.Milestones;
import org.contexture.training.TrainingConfig;
import org.contexture.training.TrainingDataConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever can be set must be in the settings that are hashed: a property that is forgotten there
 * would let two different datasets have one name.
 */
class StageSettingsTest {
  /** Properties whose settings have other names than theirs. */
  private static final Map<String, String> RENAMED = Map.of("warm_up_steps", "warmup_steps");

  /** One configuration of each kind, no two values of one alike. */
  private static List<StageConfig> configurations() {
    return List.of(
        new FetchConfig(
            new TreeMap<>(
                Map.of(
                    "birds.tgz",
                    Checksum.md5("97eceeb196236b17998738112f37df78"),
                    "list.txt",
                    Checksum.sha256(
                        "4d96e3e3e892c6b7e4a71959325c7de4804037d27ba5aaf1c756100fd94a5342")))),
        UnpackConfig.of("abcd", 5),
        IndexConfig.builder()
            .benchmark("birds")
            .labelling(3)
            .splitSha256("0123")
            .publishedCounts(true)
            .testShare(0.25)
            .validationShare(0.125)
            .seed(17)
            .build(),
        ShardConfig.builder()
            .resize(Resize.shortSide(48))
            .testResize(Resize.square(49))
            .encoding(ShardConfig.Encoding.JPEG)
            .jpegQuality(91)
            .shardBytes(12345)
            .seed(18)
            .build(),
        InitialiseConfig.of(
            new ModelConfig(Backbone.TINY, Head.AVERAGE_LINEAR, 24, 32), 19, Optional.of("ef01")),
        new ImportConfig(new ModelConfig(Backbone.RESNET18, Head.GEM_LINEAR, 36, 37), "2345"),
        TrainConfig.of(training().build()),
        new EmbedConfig(Precision.BFLOAT16, 21, Resize.square(35)),
        NeighboursConfig.ofEveryImage(22),
        new RerankConfig(new RerankMethod.KReciprocal(38, 39, 0.625), 40),
        MeasureConfig.of(List.of(1, 4, 8), List.of(36, 37), QueriesWithoutRelevant.REFERENCE),
        new StatisticsConfig(38, 39, 40),
        new ImportEmbeddingsConfig("6789", 45),
        new MapConfig(41, 42.5, 43, 44),
        new HnswConfig(38, 39, 40),
        new HnswRecallConfig(41, 42, 43, 44),
        new ToyPointsConfig(5, 30, 12.5, 0.4375, 31),
        new ToyMovesConfig(
            new FreeEmbeddingsConfig(
                LossConfig.of(LossName.CONTEXTUAL, Map.of("k", 9.0)), 0.03, 32, 33, 34)));
  }

  private static TrainingConfig.Builder training() {
    return TrainingConfig.builder()
        .loss(LossConfig.of(LossName.HYBRID, Map.of("k", 7.0)))
        .epochs(11)
        .classesPerBatch(12)
        .imagesPerClass(4)
        .headRate(0.001)
        .backboneRate(0.0005)
        .precision(Precision.BFLOAT16)
        .lossRate(0.01)
        .projectorSize(99)
        .projectorRate(0.002)
        .weightDecay(0.0001)
        .warmUpSteps(13)
        .schedule(TrainingConfig.Schedule.MULTI_STEP)
        .milestones(new Milestones(List.of(26, 27), 0.0625))
        .batchNorm(BatchNormMode.FROZEN_STATISTICS)
        .augmentation(AugmentationConfig.builder().scaleMaximum(0.875).turnClasses(true).build())
        .testResize(Resize.square(50))
        .averaging(0.99)
        .longestGradient(5.5)
        .frozenEpochs(28)
        .selection(Selection.TEST)
        .queriesApart(true)
        .patience(29)
        .data(
            new TrainingDataConfig(0.125, TrainingDataConfig.NoiseWithin.SUPER_CLASS, 0.375, 0.75))
        .decay(Adam.Decay.DECOUPLED)
        .sampler(new SamplerConfig.SuperClassHalves(23, 24, 25))
        .validateEvery(2)
        .seed(20);
  }

  @Test
  void everyKindOfConfigurationIsTestedHere() throws Exception {
    Path classes =
        Path.of(UnpackConfig.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> all = new ArrayList<>();
    try (Stream<Path> files =
        Files.list(classes.resolve(UnpackConfig.class.getPackageName().replace('.', '/')))) {
      for (Path file : files.filter(file -> file.toString().endsWith(".class")).toList()) {
        String simpleName = file.getFileName().toString().replace(".class", "");
        String name = UnpackConfig.class.getPackageName() + "." + simpleName;
        Class<?> type = Class.forName(name, false, UnpackConfig.class.getClassLoader());
        boolean declares = Modifier.isAbstract(type.getModifiers()) || type.isRecord();
        if (StageConfig.class.isAssignableFrom(type) && declares) {
          all.add(name);
        }
      }
    }

    all.remove(CollectConfig.class.getName()); // CollectConfigTest
    assertThat(configurations())
        .extracting(
            config ->
                (config instanceof Record ? config.getClass() : config.getClass().getSuperclass())
                    .getName())
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyPropertyIsInTheSettings(StageConfig config) throws ReflectiveOperationException {
    requireProperties(config, flat(config));
  }

  @Test
  void aPropertyOfAJpegChangesNothingForAPng() {
    ShardConfig.Builder png =
        ShardConfig.builder()
            .resize(Resize.shortSide(48))
            .testResize(Resize.shortSide(48))
            .encoding(ShardConfig.Encoding.PNG)
            .shardBytes(1)
            .seed(1);

    assertThat(png.jpegQuality(90).build().settings())
        .isEqualTo(png.jpegQuality(10).build().settings());
  }

  @Test
  void theNeighboursOfQueriesAreCalledWhatTheyWereBeforeOthersCouldBeAsked() {
    assertThat(NeighboursConfig.of(22).settings()).hasToString("{\"depth\":22}");
  }

  @Test
  void trainingsThatNoQueriesSelectAreCalledWhatTheyWereBeforeQueriesWereApart() {
    TrainingConfig together = training().queriesApart(false).build();
    TrainingConfig validated =
        training().queriesApart(true).selection(Selection.VALIDATION).build();

    assertThat(flat(TrainConfig.of(together))).doesNotContainKey("queries_apart");
    assertThat(flat(TrainConfig.of(validated))).doesNotContainKey("queries_apart");
  }

  @ParameterizedTest
  @MethodSource("rerankMethods")
  void everyOptionOfAMethodIsInTheSettings(RerankMethod method)
      throws ReflectiveOperationException {
    RerankConfig config = new RerankConfig(method, 40);
    requireProperties(config, flat(config));
    assertThat(flat(config)).containsEntry("method.name", method.key());
  }

  private static List<RerankMethod> rerankMethods() {
    return List.of(
        new RerankMethod.KReciprocal(38, 39, 0.625),
        new RerankMethod.QueryExpansion(41, 2.5),
        new RerankMethod.Contextual(42, 0.0625, 0.75));
  }

  private static void requireProperties(Object config, SortedMap<String, String> settings)
      throws ReflectiveOperationException {
    for (Method property : properties(config)) {
      property.setAccessible(true);
      Object value = property.invoke(config);
      if (value instanceof SortedMap<?, ?> options) {
        options.forEach((key, option) -> requireSetting(config, key.toString(), option, settings));
      } else if (value.getClass().isRecord() || !properties(value).isEmpty()) {
        requireProperties(value, settings);
      } else {
        String key = property.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        requireSetting(config, RENAMED.getOrDefault(key, key), value, settings);
      }
    }
  }

  private static void requireSetting(
      Object config, String key, Object value, SortedMap<String, String> settings) {
    assertThat(settings)
        .as("property %s of %s", key, config)
        .anySatisfy(
            (path, text) -> {
              assertThat("." + path).endsWith("." + key);
              assertThat(text).isEqualTo(text(value));
            });
  }

  /** What a configuration is made of: components of a record, or AutoValue's abstract methods. */
  private static List<Method> properties(Object config) {
    Class<?> type = config.getClass();
    Stream<Method> methods =
        type.isRecord()
            ? Arrays.stream(type.getRecordComponents()).map(component -> component.getAccessor())
            : type.getSimpleName().startsWith("AutoValue_")
                ? Arrays.stream(type.getSuperclass().getDeclaredMethods())
                    .filter(method -> Modifier.isAbstract(method.getModifiers()))
                : Stream.of();
    return methods.sorted(Comparator.comparing(Method::getName)).toList();
  }

  private static String text(Object value) {
    if (value instanceof Optional<?> optional) {
      return text(optional.orElseThrow());
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    return value.toString().replace(", ", ",");
  }

  private static SortedMap<String, String> flat(StageConfig config) {
    SortedMap<String, String> flat = new TreeMap<>();
    flatten("", config.settings().json(), flat);
    return flat;
  }

  private static void flatten(String path, JsonNode node, SortedMap<String, String> flat) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(field -> flatten(path + "." + field.getKey(), field.getValue(), flat));
    } else {
      flat.put(path.substring(1), node.isTextual() ? node.textValue() : node.toString());
    }
  }
}
