package org.contexture.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * One folder of reference vectors. The vectors are read from the directory that the system property
 * {@code contexture.golden} names, so that others of the same layout can be run against the code.
 */
public final class GoldenFiles {
  private static final String DEFAULT_ROOT = "src/test/resources/golden";

  private final Path folder;

  private GoldenFiles(Path folder) {
    this.folder = folder;
  }

  /** The folder called {@code name}, such as {@code losses}. */
  public static GoldenFiles folder(String name) {
    return new GoldenFiles(
        Path.of(System.getProperty("contexture.golden", DEFAULT_ROOT)).resolve(name));
  }

  /** A JSON file of the folder. Non-finite numbers are the text {@code "nan"}. */
  public JsonNode json(String file) {
    try {
      return new ObjectMapper().readTree(path(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of arrays of the folder. */
  public Npz npz(String file) {
    return Npz.read(path(file));
  }

  /** Where a file of the folder is. */
  public Path path(String file) {
    return folder.resolve(file);
  }
}
