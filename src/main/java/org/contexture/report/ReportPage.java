package org.contexture.report;

import java.util.List;

/** Turns a {@link Report} into one HTML file that needs nothing else. */
public final class ReportPage {
  private static final List<Section> SECTIONS =
      List.of(
          Section.MODELS,
          Section.RECALL,
          Section.CURVES,
          Section.GALLERY,
          Section.CLASSES,
          Section.SPACE,
          Section.BENCHMARK,
          Section.LINEAGE,
          Section.REPRODUCTION);

  private ReportPage() {}

  /** The page as text, to be written in UTF-8. */
  public static String html(Report report) {
    return new Page(
            report.experiment(),
            SECTIONS,
            List.of(
                HeadlineSection.of(report),
                WarningsSection.of(report.warnings()),
                ModelsSection.of(report),
                RecallSection.of(report),
                CurvesSection.of(report),
                GallerySection.of(report),
                ClassesSection.of(report),
                SpaceSection.of(report),
                BenchmarkSection.of(List.of(report.benchmark())),
                LineageSection.of(report.stages()),
                ReproductionSection.of(
                    new Reproduction(report.command(), report.settings(), report.environment()))),
            report.gallery().isEmpty() ? List.of() : List.of(GalleryFilter.SCRIPT))
        .html();
  }
}
