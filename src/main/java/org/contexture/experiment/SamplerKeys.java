package org.contexture.experiment;

import java.util.List;
import java.util.Locale;
import org.contexture.experiment.keys.Key;
import org.contexture.experiment.keys.Section;
import org.contexture.experiment.keys.Values;
import org.contexture.sampling.SamplerConfig;

/** The section that says how batches are put together. */
final class SamplerKeys {
  private static final int MANY = 1_000_000_000;

  private enum Name {
    CLASS_BALANCED,
    SHUFFLED,
    REPEATED_GROUPS,
    POOLED,
    SUPER_CLASS_PAIRS,
    SUPER_CLASS_HALVES,
    SUPER_CLASS_BALANCED,
    NEAREST_IMAGES,
    NEAREST_CLASSES;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Key<Name> NAME =
      Key.choice(
              "name",
              List.of(Name.values()),
              Name::key,
              "How batches are put together: class_balanced reaches every class once an epoch;"
                  + " shuffled takes images as they come; repeated_groups is the published sampler"
                  + " of CUB, Cars and In-Shop (256 track), pooled that of the 224 track,"
                  + " super_class_halves that of Stanford Online Products and iNaturalist, and"
                  + " super_class_pairs and nearest_images the published ones that nothing used."
                  + " Those leave classes out of an epoch, or look at none; class_balanced,"
                  + " super_class_balanced (halves of one super class each) and nearest_classes"
                  + " (classes that the network mixes up) reach every class once an epoch.")
          .or(Name.CLASS_BALANCED);
  private static final Key<Integer> MOST_BATCHES =
      Key.whole("most_batches", 1, MANY, "The most batches an epoch has.").or(42);
  private static final Key<Integer> REPEATS =
      Key.whole("repeats", 1, MANY, "How often a group of classes is used in an epoch at most.")
          .or(10);
  private static final Key<Integer> BATCHES_PER_PAIR =
      Key.whole("batches_per_pair", 1, MANY, "Batches of each pair of super classes.").or(10);
  private static final Key<Integer> MULTIPLIER =
      Key.whole(
              "multiplier",
              1,
              MANY,
              "How many pairs of super classes an epoch is as long as: 66 for Stanford Online"
                  + " Products, 70 for iNaturalist.")
          .or(66);
  private static final Key<Integer> CUT =
      Key.whole("most_batches", 1, MANY, "The most batches an epoch has.").or(MANY);

  private static final Key<Integer> NEIGHBOURS =
      Key.whole(
              "neighbours",
              2,
              1000,
              "How many nearest images are looked at of each image, itself included.")
          .or(8);

  static final Section<SamplerConfig> SECTION =
      Section.of(NAME)
          .when(NAME, Name.REPEATED_GROUPS, MOST_BATCHES, REPEATS)
          .when(NAME, Name.SUPER_CLASS_PAIRS, BATCHES_PER_PAIR)
          .when(NAME, Name.SUPER_CLASS_HALVES, BATCHES_PER_PAIR, MULTIPLIER, CUT)
          .when(NAME, Name.NEAREST_IMAGES, NEIGHBOURS)
          .when(NAME, Name.NEAREST_CLASSES, NEIGHBOURS)
          .as(SamplerKeys::config);

  private SamplerKeys() {}

  private static SamplerConfig config(Values values) {
    return switch (values.of(NAME)) {
      case CLASS_BALANCED -> new SamplerConfig.ClassBalanced();
      case SHUFFLED -> new SamplerConfig.Shuffled();
      case REPEATED_GROUPS ->
          new SamplerConfig.RepeatedGroups(values.of(MOST_BATCHES), values.of(REPEATS));
      case POOLED -> new SamplerConfig.Pooled();
      case SUPER_CLASS_PAIRS -> new SamplerConfig.SuperClassPairs(values.of(BATCHES_PER_PAIR));
      case SUPER_CLASS_HALVES ->
          new SamplerConfig.SuperClassHalves(
              values.of(BATCHES_PER_PAIR), values.of(MULTIPLIER), values.of(CUT));
      case SUPER_CLASS_BALANCED -> new SamplerConfig.SuperClassBalanced();
      case NEAREST_IMAGES -> new SamplerConfig.NearestImages(values.of(NEIGHBOURS));
      case NEAREST_CLASSES -> new SamplerConfig.NearestClasses(values.of(NEIGHBOURS));
    };
  }
}
