package org.contexture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house: packages are rooms, and arrows go down only. */
@AnalyzeClasses(packages = "org.contexture", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] LIBRARIES = {
    "..image..",
    "..shard..",
    "..model..",
    "..embedding..",
    "..loss..",
    "..sampling..",
    "..training..",
    "..retrieval..",
    "..space.."
  };

  @ArchTest
  static final ArchRule nothingGoesRound =
      slices().matching("org.contexture.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyKnowsTheCommands =
      noClasses()
          .that()
          .resideOutsideOfPackage("..cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..cli..");

  @ArchTest
  static final ArchRule onlyCommandsKnowExperiments =
      noClasses()
          .that()
          .resideOutsideOfPackages("..cli..", "..experiment..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..experiment..");

  @ArchTest
  static final ArchRule stagesAreKnownByExperimentsAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages("..cli..", "..experiment..", "..stage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..stage..");

  @ArchTest
  static final ArchRule thePipelineKnowsNoImageAndNoModel =
      classes()
          .that()
          .resideInAPackage("..pipeline..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "..pipeline..",
              "..shard..",
              "..record..",
              "..failure..",
              "..file..",
              "..thread..",
              "java..",
              "org.apache.avro..",
              "org.apache.beam..",
              "org.apache.commons.codec..",
              "com.fasterxml.jackson..",
              "com.google.errorprone..");

  @ArchTest
  static final ArchRule theReportKnowsNoStoreNoBeamAndNoModel =
      classes()
          .that()
          .resideInAPackage("..report..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "..report..", "..failure..", "java..", "com.google..", "org.apache.commons.codec..");

  @ArchTest
  static final ArchRule librariesKnowNoBeamAndNoPipeline =
      noClasses()
          .that()
          .resideInAnyPackage(LIBRARIES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam..", "..pipeline..", "..stage..", "..benchmark..", "..report..");

  @ArchTest
  static final ArchRule theSearchKnowsNoStoreAndNoBeam =
      noClasses()
          .that()
          .resideInAPackage("..search..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam..", "..pipeline..", "..stage..", "..benchmark..");

  @ArchTest
  static final ArchRule onlyModelLossTrainingAndEmbeddingKnowDjl =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..model..", "..loss..", "..training..", "..embedding..", "..stage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule onlyCommandsKnowClusters =
      noClasses()
          .that()
          .resideOutsideOfPackages("..cli..", "..flink..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.contexture.flink..");

  @ArchTest
  static final ArchRule nobodyButAFailureKnowsFlink =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.contexture.failure.Failure")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule onlyTheApproximateIndexKnowsLucene =
      noClasses()
          .that()
          .resideOutsideOfPackage("..retrieval.hnsw..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.lucene..");

  @ArchTest
  static final ArchRule onlyTheEncoderKnowsLeptonica =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.contexture.image.JpegEncoder")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule trackersKnowNothingButLogs =
      classes()
          .that()
          .resideInAPackage("..tracking..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "..tracking..",
              "..file..",
              "..record..",
              "java..",
              "com.fasterxml.jackson..",
              "org.apache.avro..",
              "org.apache.commons.csv..");

  @ArchTest
  static final ArchRule nothingStaticChanges = fields().that().areStatic().should().beFinal();
}
