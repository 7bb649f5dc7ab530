package org.contexture.experiment.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.contexture.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

  @Test
  void blanksAndLineEndsPartWords() {
    assertThat(ShellWords.of("  a b\tc\nd\r\ne ")).containsExactly("a", "b", "c", "d", "e");
    assertThat(ShellWords.of(" \n ")).isEmpty();
  }

  @Test
  void aBackslashContinuesALine() {
    assertThat(ShellWords.of("a \\\n--b c\\\nd \\\r\ne")).containsExactly("a", "--b", "cd", "e");
  }

  @Test
  void quotesKeepAWordTogether() {
    assertThat(ShellWords.of("'a b' \"c d\" e' 'f '' \"\""))
        .containsExactly("a b", "c d", "e f", "", "");
  }

  @Test
  void backslashesTakeMeaningAway() {
    assertThat(ShellWords.of("a\\ b \\'c \"d\\\"e\\n\" '\\'"))
        .containsExactly("a b", "'c", "d\"e\\n", "\\");
  }

  @Test
  void nothingIsExpanded() {
    assertThat(ShellWords.of("$HOME/* ~ <data_dir>/a `b` #c"))
        .containsExactly("$HOME/*", "~", "<data_dir>/a", "`b`", "#c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc 'd", "abc \"d"})
  void aQuoteWithoutAnEndIsNamed(String command) {
    assertThatThrownBy(() -> ShellWords.of(command))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The quote at character 5 of the command has no end: close it, or leave it out.");
  }
}
