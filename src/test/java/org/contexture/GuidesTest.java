package org.contexture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The code of the guides is part of source files that are compiled and tested: before each block of
 * Java stands the file that has it, word for word.
 */
class GuidesTest {
  private static final String BEGIN = "```java\n";
  private static final Pattern NAMED =
      Pattern.compile("`(src/[A-Za-z/]+\\.java)`[^`]*\n\n```java\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"write-a-stage.md", "write-a-loss.md"})
  void everyBlockOfJavaIsInTheFileThatIsNamedBeforeIt(String guide) throws IOException {
    String text = Files.readString(Path.of("docs", guide));
    int checked = 0;
    Matcher blocks = NAMED.matcher(text);
    while (blocks.find()) {
      String source = Files.readString(Path.of(blocks.group(1)));
      assertThat(source)
          .as("%s, which %s quotes", blocks.group(1), guide)
          .contains(blocks.group(2).strip());
      checked++;
    }
    assertThat(checked).isPositive().isEqualTo(text.split(BEGIN, -1).length - 1);
  }
}
