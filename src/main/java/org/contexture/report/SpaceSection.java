package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.contexture.report.SpaceFacts.MapPoint;
import org.contexture.report.SpaceFacts.ModelSpace;

/** Whether the embeddings have collapsed, how far classes lie apart, and a map of them. */
final class SpaceSection {
  private static final Map<String, String> TITLES =
      Map.of(
          "mean-similarity", "All pairs",
          "positive-similarity", "Same class",
          "negative-similarity", "Different classes",
          "alignment", "Alignment",
          "uniformity", "Uniformity",
          "effective-rank", "Effective rank",
          "nmi", "NMI",
          "ami", "AMI");

  private SpaceSection() {}

  static Element of(Report report) {
    Element section = Section.SPACE.start();
    SpaceFacts facts = report.space();
    if (facts.models().isEmpty()) {
      return section.add(Section.missing("The embeddings were not looked at apart from ranking."));
    }
    section =
        section.add(
            Section.scrolling("Statistics of the embeddings", table(facts.models())),
            element("p", "note")
                .text(
                    "The first three are mean cosine similarities of pairs of test images. Alignment is the mean squared distance within a class, lower the tighter; uniformity is lower the more evenly images are spread, and 0 where all lie in one place; the effective rank is how many dimensions are really used. NMI and AMI say how well clusters found without labels agree with the classes, up to 1; AMI is 0 for chance."),
            element("h3").text("Similarities of pairs"),
            histograms(facts.models()));
    return facts.map().isEmpty()
        ? section
        : section.add(element("h3").text("Maps of the test images"), maps(facts.map()));
  }

  private static Element table(List<ModelSpace> models) {
    Set<String> names = new LinkedHashSet<>();
    models.forEach(model -> model.statistics().forEach(number -> names.add(number.name())));
    Element head = element("tr").add(element("th").with("scope", "col").text("Model"));
    for (String name : names) {
      head = head.add(element("th", "n").with("scope", "col").text(title(name)));
    }
    Element body = element("tbody");
    for (ModelSpace model : models) {
      Element row =
          element("tr").add(element("th").with("scope", "row").text(model.role().title()));
      for (String name : names) {
        row =
            row.add(
                element("td", "n")
                    .with("data-label", title(name))
                    .text(Numbers.plain(value(model, name).orElse(Double.NaN))));
      }
      body = body.add(row);
    }
    return element("table", "models cards").add(element("thead").add(head), body);
  }

  private static String title(String name) {
    return TITLES.getOrDefault(name, name);
  }

  private static OptionalDouble value(ModelSpace model, String name) {
    return model.statistics().stream()
        .filter(number -> number.name().equals(name))
        .mapToDouble(NamedNumber::value)
        .findFirst();
  }

  private static Element histograms(List<ModelSpace> models) {
    Element charts = element("div", "charts");
    for (ModelSpace model : models) {
      charts =
          charts.add(
              new PairHistogram(
                      "pairs-" + model.role().name().toLowerCase(Locale.ROOT),
                      model.role().title(),
                      model.histogram())
                  .render());
    }
    return charts;
  }

  private static Node maps(List<MapPoint> map) {
    return element("div", "maps")
        .add(
            MapChart.of("map-near", "Near images near (t-SNE)", map, MapPoint::near).render(),
            MapChart.of("map-wide", "Widest spread (PCA)", map, MapPoint::wide).render());
  }
}
