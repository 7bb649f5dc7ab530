package org.contexture.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.contexture.benchmark.FileDigests;
import org.contexture.pipeline.Store;
import org.contexture.pipeline.remote.RemoteAddress;
import picocli.CommandLine.Option;

/** Which store. */
final class StoreOption {
  private static final String DEFAULT = "store";
  private static final String DEFAULT_CACHE = "~/.cache/contexture";

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description =
          "The directory where datasets live, or s3://BUCKET/PREFIX or hdfs://HOST:PORT/PATH"
              + " (default: ${DEFAULT-VALUE}).")
  String location;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      defaultValue = DEFAULT_CACHE,
      description =
          "Where copies of what is read from a store that is not a directory are kept (default:"
              + " ${DEFAULT-VALUE}).")
  String cache;

  Store open() {
    return RemoteAddress.parse(location)
        .map(address -> Store.open(address, cacheDirectory()))
        .orElseGet(() -> Store.open(Path.of(location)));
  }

  /** The digests of files that experiments start from, which a store remembers. */
  static FileDigests digests(Store store) {
    return new FileDigests(store.root().resolve("digests.txt"));
  }

  private Path cacheDirectory() {
    String home = Matcher.quoteReplacement(System.getProperty("user.home"));
    return Path.of(cache.replaceFirst("^~(?=/)", home));
  }

  List<String> words() {
    List<String> words = new ArrayList<>();
    if (!location.equals(DEFAULT)) {
      words.addAll(List.of("--store", FileOptions.quoted(location)));
    }
    if (!cache.equals(DEFAULT_CACHE)) {
      words.addAll(List.of("--cache", FileOptions.quoted(cache)));
    }
    return words;
  }
}
