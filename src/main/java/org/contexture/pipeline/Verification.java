package org.contexture.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.failure.Failure;
import org.contexture.shard.Shard;

/** Checks a dataset byte by byte against its manifest and its own checksums. */
public final class Verification {
  private final Store store;
  private final Manifest manifest;

  /** A check of one dataset of a store. */
  public Verification(Store store, Manifest manifest) {
    this.store = store;
    this.manifest = manifest;
  }

  /**
   * Reads everything.
   *
   * @return what is wrong, each with file, expected and actual; empty if the dataset is whole
   */
  public List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    try (StoredFiles files = store.stored(manifest)) {
      for (Manifest.DataFile file : manifest.files()) {
        List<String> found = new ArrayList<>();
        checkShard(files.shard(file), file, found);
        found.forEach(problem -> problems.add(files.said(problem)));
      }
      for (Manifest.Attachment file : manifest.attachments()) {
        List<String> found = new ArrayList<>();
        compareContent(files.attachment(file), file.bytes(), file.sha256(), found);
        found.forEach(problem -> problems.add(files.said(problem)));
      }
      for (Path stranger : files.strangers(manifest)) {
        problems.add(
            "%s: expected no such file; 'contexture datasets gc --delete' removes it"
                .formatted(stranger));
      }
    }
    return problems;
  }

  private static void checkShard(Path path, Manifest.DataFile file, List<String> problems)
      throws IOException {
    Path index = path.resolveSibling(file.index());
    boolean there = compareContent(path, file.bytes(), file.sha256(), problems);
    if (!Files.exists(index)) {
      problems.add("%s: expected an index, actual: missing".formatted(index));
    } else if (there) {
      compareDigest(index, file.indexSha256(), problems);
      readRecords(path, file.records(), problems);
    }
  }

  /** Whether the file is there at all. */
  private static boolean compareContent(
      Path path, long expected, String sha256, List<String> problems) throws IOException {
    if (!Files.exists(path)) {
      problems.add("%s: expected %d bytes, actual: missing".formatted(path, expected));
      return false;
    }
    long bytes = Files.size(path);
    if (bytes != expected) {
      problems.add("%s: expected %d bytes, actual %d".formatted(path, expected, bytes));
    }
    compareDigest(path, sha256, problems);
    return true;
  }

  private static void compareDigest(Path path, String expected, List<String> problems)
      throws IOException {
    String actual = sha256(path);
    if (!actual.equals(expected)) {
      problems.add("%s: expected SHA-256 %s, actual %s".formatted(path, expected, actual));
    }
  }

  private static void readRecords(Path path, long expected, List<String> problems)
      throws IOException {
    try {
      Shard<?> shard = Shard.openAsWritten(path);
      if (shard.size() != expected) {
        problems.add("%s: expected %d records, actual %d".formatted(path, expected, shard.size()));
      }
      for (int record = 0; record < shard.size(); record++) {
        try {
          shard.requireIntact(record);
        } catch (Failure damaged) {
          problems.add(damaged.getMessage());
        }
      }
    } catch (Failure damaged) {
      problems.add(damaged.getMessage());
    }
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      return DigestUtils.sha256Hex(file);
    }
  }
}
