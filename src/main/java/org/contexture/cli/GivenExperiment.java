package org.contexture.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One of the experiments of a command, with settings of its own laid over its file. */
final class GivenExperiment {
  @Parameters(index = "0", paramLabel = "FILE", description = "An experiment file (YAML).")
  Path file;

  /** Without a value of its own to begin with: picocli would share it among experiments. */
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting of the experiment before it. May be repeated.")
  List<String> overrides;

  FileOptions options() {
    FileOptions options = new FileOptions();
    options.file = file;
    if (overrides != null) {
      options.overrides = overrides;
    }
    return options;
  }
}
