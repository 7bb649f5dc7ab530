package org.contexture.report;

import static org.contexture.report.Html.element;

import java.util.List;
import java.util.stream.Stream;
import org.contexture.report.ClassFacts.ClassGroup;
import org.contexture.report.ClassFacts.ConfusedPair;
import org.contexture.report.ClassFacts.HardClass;
import org.contexture.report.ClassFacts.ShownClass;

/** Which classes are hard to retrieve, and what they are taken for. */
final class ClassesSection {
  private ClassesSection() {}

  static Element of(Report report) {
    Element section = Section.CLASSES.start();
    ClassFacts facts = report.classes();
    if (facts.hardest().isEmpty()) {
      return section.add(Section.missing("No class has been evaluated yet."));
    }
    if (!facts.superClasses().isEmpty()) {
      section =
          section.add(
              element("h3").text("By super class"),
              Section.scrolling("Metrics by super class", groups(facts.superClasses())));
    }
    return section.add(
        element("h3").text("Hardest classes"),
        hardest(facts.hardest()),
        element("h3").text("Classes taken for each other"),
        confused(facts.confused()));
  }

  private static Element groups(List<ClassGroup> groups) {
    Element body = element("tbody");
    for (ClassGroup group : groups) {
      body =
          body.add(
              element("tr")
                  .add(
                      element("th").with("scope", "row").text(group.name()),
                      number(Numbers.count(group.classes())),
                      number(Numbers.count(group.queries())),
                      number(Numbers.percent(group.recallAt1())),
                      number(Numbers.percent(group.averagePrecisionAtR()))));
    }
    Element head = element("tr").add(column("th", "Super class"));
    for (String name : List.of("Classes", "Queries", "R@1", "mAP@R")) {
      head = head.add(column("n", name));
    }
    return element("table", "groups").add(element("thead").add(head), body);
  }

  private static Element column(String kind, String name) {
    return element("th", kind).with("scope", "col").text(name);
  }

  private static Element number(String text) {
    return element("td", "n").text(text);
  }

  private static Element hardest(List<HardClass> classes) {
    Element list = element("ol", "classes");
    for (HardClass hard : classes) {
      Element words =
          element("div")
              .add(
                  element("p", "class").text(hard.shown().name()),
                  element("p", "measure")
                      .text(
                          "R@1\u00a0%s · mAP@R\u00a0%s · %s"
                              .formatted(
                                  Numbers.percent(hard.recallAt1()),
                                  Numbers.percent(hard.averagePrecisionAtR()),
                                  Numbers.count(hard.queries(), "query", "queries"))));
      for (ShownClass other : hard.takenFor()) {
        words = words.add(element("p", "source").text("most often taken for " + other.name()));
      }
      list =
          list.add(
              element("li")
                  .add(
                      pictures(Stream.concat(Stream.of(hard.shown()), hard.takenFor().stream())),
                      words));
    }
    return list;
  }

  private static Element pictures(Stream<ShownClass> classes) {
    return element("div", "pair")
        .add(classes.map(shown -> Pictured.element(shown.picture(), "")).toList());
  }

  private static Node confused(List<ConfusedPair> pairs) {
    if (pairs.isEmpty()) {
      return Section.missing("No class was taken for another.");
    }
    Element list = element("ol", "classes");
    for (ConfusedPair pair : pairs) {
      list =
          list.add(
              element("li")
                  .add(
                      pictures(Stream.of(pair.one(), pair.other())),
                      element("div")
                          .add(
                              element("p", "class")
                                  .text("%s, %s".formatted(pair.one().name(), pair.other().name())),
                              element("p", "measure")
                                  .text(
                                      "%s of %s"
                                          .formatted(
                                              Numbers.count(pair.times()),
                                              Numbers.count(
                                                  pair.queries(), "query", "queries"))))));
    }
    return list;
  }
}
