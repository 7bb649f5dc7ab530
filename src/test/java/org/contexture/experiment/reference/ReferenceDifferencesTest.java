package org.contexture.experiment.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of what differs from the paper's code names tests that there are. */
class ReferenceDifferencesTest {
  private static final int QUIRKS = 38;
  private static final Pattern ROW = Pattern.compile("\\| ([0-9]+) \\|.*");
  private static final Pattern NAMED = Pattern.compile("`([a-z.]+\\.[A-Z]\\w+)#(\\w+)`");

  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(Path.of("docs", "reference-differences.md")).stream()
        .filter(line -> ROW.matcher(line).matches())
        .map(
            line ->
                Arrays.stream(line.substring(1, line.lastIndexOf('|')).split(" \\|", -1))
                    .map(String::strip)
                    .toList())
        .toList();
  }

  @Test
  void everyQuirkHasARow() throws IOException {
    assertThat(rows().stream().map(row -> Integer.valueOf(row.get(0))))
        .isEqualTo(IntStream.rangeClosed(1, QUIRKS).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aRowHasADecisionAndTestsThatThereAre(List<String> row) throws ClassNotFoundException {
    assertThat(row).hasSize(5).allSatisfy(cell -> assertThat(cell).isNotEmpty());
    assertThat(row.get(2)).isIn("reproduced", "fixed", "option");
    List<MatchResult> named = NAMED.matcher(row.get(4)).results().toList();
    assertThat(named).isNotEmpty();
    assertThat(row.get(4).replaceAll(NAMED.pattern(), "").replaceAll("[, ]", "")).isEmpty();
    for (MatchResult test : named) {
      Class<?> type = Class.forName("org.contexture." + test.group(1));
      assertThat(Arrays.stream(type.getDeclaredMethods()))
          .as(test.group())
          .anyMatch(method -> method.getName().equals(test.group(2)) && isTest(method));
    }
  }

  private static boolean isTest(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(
            annotation ->
                List.of("Test", "ParameterizedTest", "TestFactory", "Property")
                    .contains(annotation.getSimpleName()));
  }
}
