package org.contexture.experiment.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is written, reading gives either a value or problems with a place, never an exception.
 */
class AnyTextPropertyTest {
  private static final Key<Integer> SIZE = Key.whole("size", 1, 9, "A size.").or(1);
  private static final Key<List<Integer>> LIST = Key.wholes("list", 1, 9, "A list.").or(List.of(1));
  private static final Section<Values> INNER = Section.of(SIZE, LIST).as(values -> values);
  private static final Key<Values> BELOW = Key.section("below", INNER, "More.");
  private static final Section<Values> ROOT = Section.of(SIZE, LIST, BELOW).as(values -> values);

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "size",
            "list",
            "below",
            ": ",
            ":",
            "\n",
            "\n  ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "&a ",
            "*a",
            "!!x ",
            "? ",
            "'",
            "\"",
            "#",
            "|",
            ">",
            "%",
            "---",
            "...",
            "1",
            "\t",
            "\u0000",
            "\ud83d\ude00",
            "\ud83d",
            "~",
            "<<");
    return piece.list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Property(tries = 500)
  void anyTextIsReadOrReported(@ForAll("texts") String text) {
    Report report = new Report(ROOT);
    boolean read =
        new YamlReader("any", Origin.FILE, report)
            .read(text)
            .flatMap(given -> ROOT.read(given, "", report))
            .isPresent();

    assertThat(report.failure().isEmpty() || !report.failure().get().getMessage().isBlank())
        .isTrue();
    assertThat(read || report.problemCount() > 0).isTrue();
  }

  @Property(tries = 500)
  void anyOverrideIsReadOrReported(@ForAll("texts") String argument) {
    Report report = new Report(ROOT);
    Given none = Given.Fields.none(Origin.inFile("any", Origin.FILE, 1, 1));
    boolean read =
        ROOT.read(Overrides.over(none, List.of(argument), report), "", report).isPresent();

    assertThat(read || report.problemCount() > 0).isTrue();
  }
}
