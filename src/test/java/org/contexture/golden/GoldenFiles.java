package org.contexture.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One folder of reference vectors. The vectors are read from the directory that the system property
 * {@code contexture.golden} names, so that others of the same layout can be run against the code.
 */
public final class GoldenFiles {
  private static final String DEFAULT_ROOT = "src/test/resources/golden";
  private static final String JSON = ".json";

  private final Path folder;

  private GoldenFiles(Path folder) {
    this.folder = folder;
  }

  /** The folder called {@code name}, such as {@code losses}. */
  public static GoldenFiles folder(String name) {
    return new GoldenFiles(
        Path.of(System.getProperty("contexture.golden", DEFAULT_ROOT)).resolve(name));
  }

  /**
   * The folder called {@code name} of the vectors in this repository, whatever {@code
   * contexture.golden} says: for tests that need one particular file of it as an input.
   */
  public static GoldenFiles onClassPath(String name) {
    try {
      return new GoldenFiles(
          Path.of(
              Objects.requireNonNull(GoldenFiles.class.getResource("/golden/" + name)).toURI()));
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The cases, in order: names of JSON files, without their ending, that begin so. */
  public List<String> cases(String... beginnings) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(JSON))
              .filter(file -> Stream.of(beginnings).anyMatch(file::startsWith))
              .map(file -> file.substring(0, file.length() - JSON.length()))
              .sorted()
              .toList();
      if (names.isEmpty()) {
        throw new AssertionError("%s has no case of %s".formatted(folder, List.of(beginnings)));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
