package org.contexture.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.contexture.benchmark.LabelledImage.Subset;
import org.contexture.failure.Failure;
import org.contexture.record.Rejection;

/**
 * A split of a published benchmark by lists in the format of the paper's code, in place of the rule
 * that it is derived by. Classes and their numbers are those of the lists, and images are numbered
 * by their rows; images that no list names are left out.
 */
final class GivenSplit implements SplitRule {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final SplitListFormat format;
  private final EnumSet<Subset> subsets = EnumSet.noneOf(Subset.class);

  /**
   * A split by the lists in a folder.
   *
   * @param expected what subsets the benchmark has
   */
  GivenSplit(Path folder, String benchmark, List<ExpectedCount> expected) {
    this.folder = folder.toString();
    this.format = SplitListFormat.of(benchmark);
    expected.forEach(count -> subsets.add(count.subset()));
  }

  /** The lists, those to train on first. */
  @Override
  public List<Path> files() {
    List<Path> files = subsets.stream().map(this::file).toList();
    List<String> missing =
        files.stream()
            .filter(file -> !Files.isRegularFile(file))
            .map(file -> file.getFileName().toString())
            .toList();
    if (!missing.isEmpty()) {
      throw Failure.usage(
          "The lists of the split have to be %s in %s: there is no %s.",
          String.join(" and ", subsets.stream().map(format::fileName).toList()),
          folder,
          String.join(" and no ", missing));
    }
    return files;
  }

  private Path file(Subset subset) {
    return Path.of(folder).resolve(format.fileName(subset));
  }

  /** The images of the lists; names of classes are the official ones. */
  @Override
  public Labelling apply(Labelling official) {
    files();
    Images images = new Images(official.images());
    List<Rejection> rejections = new ArrayList<>(official.rejections());
    List<LabelledImage> listed = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Subset subset : subsets) {
      String name = format.fileName(subset);
      List<String> lines = lines(file(subset));
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        String where = name + " line " + (i + 1);
        Optional<SplitListFormat.Row> row = format.read(line);
        Optional<LabelledImage> image = row.flatMap(images::find);
        if (image.isPresent() && seen.add(image.get().path())) {
          listed.add(relabelled(image.get(), listed.size(), row.get(), subset));
        } else if (i > 0 || !format.isHeader(line)) {
          rejections.add(new Rejection(line, where, reason(row, image)));
        }
      }
    }
    requireDisjoint(listed);
    return new Labelling(listed, rejections);
  }

  private static String reason(Optional<SplitListFormat.Row> row, Optional<LabelledImage> image) {
    if (row.isEmpty()) {
      return "it is no row of such a list";
    }
    return image.isEmpty()
        ? "it is listed, but there is no such file"
        : "its image is listed a second time";
  }

  private static LabelledImage relabelled(
      LabelledImage image, long id, SplitListFormat.Row row, Subset subset) {
    return new LabelledImage(
        id,
        image.path(),
        row.label(),
        image.className(),
        row.superLabel(),
        image.superName(),
        subset);
  }

  private void requireDisjoint(List<LabelledImage> images) {
    Set<Integer> training = new HashSet<>();
    for (LabelledImage image : images) {
      if (image.subset() == Subset.TRAIN) {
        training.add(image.label());
      } else if (training.contains(image.label())) {
        throw Failure.data(
            "The lists in %s have class %d to train on and to test on.", folder, image.label());
      }
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException noText) {
      throw Failure.data("%s is no text in UTF-8.", file).causedBy(noText);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Images by their paths, whole or, since lists may be of shrunk copies, the last two parts. */
  private static final class Images {
    private final Map<String, LabelledImage> byPath = new HashMap<>();
    private final Map<String, Optional<LabelledImage>> byEnd = new HashMap<>();

    Images(List<LabelledImage> images) {
      for (LabelledImage image : images) {
        byPath.put(image.path(), image);
        byEnd.merge(end(image.path()), Optional.of(image), (one, other) -> Optional.empty());
      }
    }

    Optional<LabelledImage> find(SplitListFormat.Row row) {
      return Optional.ofNullable(byPath.get(row.path()))
          .or(() -> byEnd.getOrDefault(end(row.path()), Optional.empty()));
    }

    private static String end(String path) {
      int folder = path.lastIndexOf('/', path.lastIndexOf('/') - 1);
      return path.substring(folder + 1);
    }
  }
}
