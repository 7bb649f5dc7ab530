package org.contexture.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A settings file, and what is laid over it. */
final class FileOptions {
  @Parameters(index = "0", paramLabel = "FILE", description = "The settings file (YAML).")
  Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting, such as train.loss.name=contrastive. May be repeated.")
  List<String> overrides = new ArrayList<>();

  /** The first words of a command line that reads the same settings, for a shell. */
  List<String> words(String verb) {
    List<String> words = new ArrayList<>(List.of("./contexture", verb));
    words.addAll(words());
    return words;
  }

  /** The words that name the file and what is laid over it. */
  List<String> words() {
    List<String> words = new ArrayList<>(List.of(quoted(file.toString())));
    overrides.forEach(override -> words.addAll(List.of("--set", quoted(override))));
    return words;
  }

  /** A word as a shell takes it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=,:@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
