package org.contexture.cli;

import java.nio.file.Path;
import java.util.List;
import org.contexture.pipeline.Store;
import picocli.CommandLine.Option;

/** Which store, and how much to say when something goes wrong. */
final class StoreOption {
  private static final Path DEFAULT = Path.of("store");

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = "store",
      description = "The directory where datasets live (default: ${DEFAULT-VALUE}).")
  Path root;

  @Option(names = "--verbose", description = "Show the stack trace of a failure.")
  boolean verbose;

  Store open() {
    return Store.open(root);
  }

  List<String> words() {
    return root.equals(DEFAULT)
        ? List.of()
        : List.of("--store", FileOptions.quoted(root.toString()));
  }
}
