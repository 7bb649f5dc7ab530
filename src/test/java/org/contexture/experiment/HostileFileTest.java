package org.contexture.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.contexture.experiment.ExperimentFolder.SMALLEST;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileFileTest {
  @TempDir private Path temporary;
  private ExperimentFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new ExperimentFolder(temporary);
  }

  @Test
  void malformedYamlHasItsPlaceAndHidesNoEarlierProblem() {
    assertThat(folder.problems("name: mine\nseed: !!int 3\nbenchmark: {name: emoji\ntrain: 1\n"))
        .containsExactly(
            "mine.yaml:2:7: has the type tag '!!int'; allowed: values without tags",
            "mine.yaml:4:6: is not YAML: expected ',' or '}', but got : while parsing a flow mapping");
    assertThat(folder.problems("name: mine\n\tseed: 1\n")).hasSize(1);
  }

  @Test
  void typeTagsMakeNothing() {
    assertThat(
            folder.problems(
                """
                name: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]
                benchmark: !emoji {name: !<tag:x> emoji}
                """))
        .containsExactly(
            "mine.yaml:1:7: has the type tag '!!javax.script.ScriptEngineManager'; allowed: values"
                + " without tags",
            "mine.yaml:1:7: name: is a list; allowed: up to 64 lower-case letters, digits and"
                + " hyphens, not starting with a hyphen",
            "mine.yaml:1:43: has the type tag '!!java.net.URLClassLoader'; allowed: values without"
                + " tags",
            "mine.yaml:2:12: has the type tag '!emoji'; allowed: values without tags",
            "mine.yaml:2:26: has the type tag 'tag:x'; allowed: values without tags");
  }

  @Test
  void aBillionLaughsAreNotLaughed() {
    StringBuilder text = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for (int i = 1; i < 30; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }

    assertThat(folder.problems(text.toString()))
        .singleElement()
        .asString()
        .matches("mine.yaml:4:\\d+: has more than 10000 values, aliases included");
  }

  @Test
  void anAliasOfItselfOrOfNothingIsRefused() {
    assertThat(folder.problems("train: &a\n  loss: *a\n"))
        .containsExactly("mine.yaml:2:9: the alias *a names no finished &a before it");
    assertThat(folder.problems("train: *b\n"))
        .containsExactly("mine.yaml:1:8: the alias *b names no finished &b before it");
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(folder.problems("name: " + "[".repeat(100_000)))
        .containsExactly("mine.yaml:1:26: is more than 20 levels deep");
    assertThat(folder.problems("{a: ".repeat(60_000)))
        .containsExactly("mine.yaml:1:81: is more than 20 levels deep");
    assertThat(folder.problems(SMALLEST, "a.".repeat(50_000) + "a=1"))
        .singleElement()
        .asString()
        .endsWith("…: is more than 20 levels deep");
  }

  @Test
  void aLargeFileIsRefused() {
    assertThat(folder.problems("#".repeat(256 * 1024 + 1)))
        .containsExactly("mine.yaml: is larger than 262144 bytes");
    assertThat(folder.problems("name: [" + "1, ".repeat(20_000) + "]"))
        .singleElement()
        .asString()
        .endsWith("has more than 10000 values, aliases included");
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThat(folder.problems(SMALLEST + "seed: 1\ntrain:\n  epochs: 3\n  'epochs': 4\nseed: 2\n"))
        .containsExactly(
            "mine.yaml:7:3: epochs: is given twice; the first is at mine.yaml:6:3",
            "mine.yaml:8:1: seed: is given twice; the first is at mine.yaml:4:1");
  }

  @Test
  void aKeyThatIsNoWordIsRefused() {
    assertThat(folder.problems(SMALLEST + "? [seed]\n: 1\n"))
        .containsExactly("mine.yaml:4:3: a key is a list; allowed: a word");
  }

  @Test
  void aSecondDocumentIsRefused() {
    assertThat(folder.problems(SMALLEST + "---\nname: other\n"))
        .containsExactly("mine.yaml:4:1: starts a second document; a file has one");
  }

  @Test
  void whatIsQuotedFromAFileCannotMoveTheTerminal() {
    assertThat(
            folder.problems(
                SMALLEST + "\"\\e[2Jx\\u202E\": 1\nseed: \"" + "9".repeat(500) + "\"\n"))
        .containsExactly(
            "mine.yaml:4:1: \\u001b[2Jx\\u202e: is no key; allowed: name, seed, benchmark, fetch, images,"
                + " model, pretrain, train, control, evaluate, report, published, extends",
            "mine.yaml:5:7: seed: is the text '"
                + "9".repeat(60)
                + "…'; allowed: a whole number from 0 to 9007199254740992");
    assertThat(folder.problems("name: a\u0007b\n"))
        .containsExactly("mine.yaml:1:8: has the character U+0007, which YAML does not allow");
  }

  @Test
  void numbersThatWouldTakeLongToReadDoNot() {
    assertThat(
            folder.problems(
                SMALLEST + "seed: 1e999999999\nimages: {size: " + "1".repeat(200_000) + "}\n"))
        .containsExactly(
            "mine.yaml:4:7: seed: is 1e999999999; allowed: a whole number from 0 to"
                + " 9007199254740992",
            "mine.yaml:5:16: images.size: is "
                + "1".repeat(60)
                + "…; allowed: a whole number from 8 to 1024");
  }
}
