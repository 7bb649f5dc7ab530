package org.contexture.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.contexture.pipeline.Companion;
import org.contexture.stage.TrainStage;

/** The files of a store, as they lie on the disk. */
final class StoreFiles {
  private static final Pattern DATA =
      Pattern.compile(
          "([a-z.-]+)/[0-9a-f]{16}/part-\\d{5}-of-\\d{5}(\\.\\d{5})?\\.avro(\\.index)?"
              + "|fetch/[0-9a-f]{16}/(?!manifest\\.json$)[^/]+"
              + "|hnsw/[0-9a-f]{16}/segment-\\d{5}\\.[a-z]+");
  private static final Pattern BELONGS =
      Pattern.compile(
          "store\\.json|digests\\.txt|experiments/[a-z0-9-]+\\.json|"
              + "[a-z.-]+/[0-9a-f]{16}/manifest\\.json");

  private final Path root;

  StoreFiles(Path root) {
    this.root = root;
  }

  /**
   * SHA-256 of every part and index of every dataset, by path within the store; without
   * measurements of the run, which are different in every run.
   */
  SortedMap<String, String> digests() throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    for (String file : all()) {
      Matcher data = DATA.matcher(file);
      if (data.matches() && !isMeasurement(data.group(1))) {
        digests.put(file, sha256(root.resolve(file)));
      }
    }
    return digests;
  }

  private static boolean isMeasurement(String dataset) {
    return TrainStage.COMPANIONS.entrySet().stream()
        .filter(companion -> companion.getValue().nature() == Companion.Nature.MEASUREMENT)
        .anyMatch(companion -> ("train." + companion.getKey()).equals(dataset));
  }

  /** Every file that belongs to no dataset and not to the store either. */
  List<String> strangers() throws IOException {
    return all().stream()
        .filter(file -> !DATA.matcher(file).matches() && !BELONGS.matcher(file).matches())
        .toList();
  }

  private List<String> all() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
