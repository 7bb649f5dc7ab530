package org.contexture.experiment.reference;

import java.util.ArrayList;
import java.util.List;
import org.contexture.failure.Failure;

/**
 * Parts a command into words as a shell does (POSIX.1-2017, Shell Command Language, section 2.2):
 * by blanks and line ends, with quotes, and with lines that a backslash continues. Nothing is
 * expanded, and no other character has a meaning.
 */
final class ShellWords {
  private static final String ESCAPED_IN_QUOTES = "\"\\$`";

  private final String command;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean isWord;
  private int position;

  private ShellWords(String command) {
    this.command = command;
  }

  /**
   * The words, in order.
   *
   * @throws Failure a usage failure when a quote has no end
   */
  static List<String> of(String command) {
    return new ShellWords(command.replace("\r\n", "\n")).read();
  }

  private List<String> read() {
    while (position < command.length()) {
      char next = command.charAt(position++);
      switch (next) {
        case ' ', '\t', '\n', '\r' -> endWord();
        case '\'' -> quoted();
        case '"' -> doublyQuoted();
        case '\\' -> escaped();
        default -> add(next);
      }
    }
    endWord();
    return List.copyOf(words);
  }

  private void add(char character) {
    word.append(character);
    isWord = true;
  }

  private void endWord() {
    if (isWord) {
      words.add(word.toString());
    }
    word.setLength(0);
    isWord = false;
  }

  private void escaped() {
    if (position < command.length()) {
      char next = command.charAt(position++);
      if (next != '\n') {
        add(next);
      }
    }
  }

  private void quoted() {
    int end = command.indexOf('\'', position);
    if (end < 0) {
      throw endless(position);
    }
    word.append(command, position, end);
    isWord = true;
    position = end + 1;
  }

  private void doublyQuoted() {
    int start = position;
    isWord = true;
    while (position < command.length()) {
      char next = command.charAt(position++);
      if (next == '"') {
        return;
      }
      boolean escapes = next == '\\' && position < command.length();
      if (escapes && command.charAt(position) == '\n') {
        position++;
      } else if (escapes && ESCAPED_IN_QUOTES.indexOf(command.charAt(position)) >= 0) {
        word.append(command.charAt(position++));
      } else {
        word.append(next);
      }
    }
    throw endless(start);
  }

  private Failure endless(int afterQuote) {
    return Failure.usage(
        "The quote at character %d of the command has no end: close it, or leave it out.",
        afterQuote);
  }
}
