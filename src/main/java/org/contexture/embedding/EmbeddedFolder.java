package org.contexture.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.contexture.failure.Failure;
import org.contexture.file.HiddenPath;
import org.contexture.image.ImageException;
import org.contexture.image.ImageFormat;
import org.contexture.image.PictureFile;

/**
 * Embeds every picture below a folder, in the order of their paths, and writes the embeddings to a
 * file. While the network works on one batch, the pictures of the next are decoded.
 */
public final class EmbeddedFolder {
  private static final int BATCH = 64;

  private final SortedMap<String, Path> pictures = new TreeMap<>();
  private final SortedMap<String, String> rejected = new TreeMap<>();
  private long embedded;

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** So many of all pictures are done. */
    void done(long pictures, long all);
  }

  /**
   * Looks for pictures: files that end with .png, .jpg or .jpeg. Those of the system, whose names
   * begin with a dot, are not looked at, and links below the folder are rejected.
   *
   * @throws Failure (usage) if the folder is none, or has no pictures
   */
  public EmbeddedFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Failure.usage("%s is no folder that can be read.", folder);
    }
    try {
      list(folder.toRealPath());
    } catch (IOException unreadable) {
      throw Failure.environment("%s cannot be read: %s.", folder, unreadable).causedBy(unreadable);
    }
    if (pictures.isEmpty()) {
      throw Failure.usage(
          "There is no .png, .jpg or .jpeg file below %s; links are not followed.", folder);
    }
  }

  private void list(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> ImageFormat.isPictureName(file.getFileName().toString()))
          .forEach(file -> add(name(place.relativize(file)), file));
    }
  }

  private void add(String name, Path file) {
    if (HiddenPath.is(name)) {
      return;
    }
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      pictures.put(name, file);
    } else {
      rejected.put(name, "it is a link or a device; only regular files are read");
    }
  }

  private static String name(Path relative) {
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }

  /**
   * Embeds the pictures.
   *
   * @param target where the embeddings go, by its ending as .npz or .avro; one that is there is
   *     replaced
   * @param threads how many pictures are decoded at a time
   * @throws IOException if the target cannot be written
   * @throws InterruptedException if the thread is interrupted; the target is as it was before
   */
  public void embed(ImageEmbedder embedder, Path target, int threads, Progress progress)
      throws IOException, InterruptedException {
    ExecutorService decoders = Executors.newFixedThreadPool(threads);
    try (EmbeddingFile file = EmbeddingFile.create(target, embedder.dimensions())) {
      List<Map.Entry<String, Path>> all = List.copyOf(pictures.entrySet());
      List<Future<float[]>> ahead = start(batch(all, 0), embedder, decoders);
      for (int from = 0; from < all.size(); from += BATCH) {
        List<Future<float[]>> now = ahead;
        ahead = start(batch(all, from + BATCH), embedder, decoders);
        write(batch(all, from), now, embedder, file);
        progress.done(Math.min(from + BATCH, all.size()), all.size());
      }
      file.finish();
    } finally {
      decoders.shutdownNow();
    }
  }

  private static List<Map.Entry<String, Path>> batch(List<Map.Entry<String, Path>> all, int from) {
    return all.subList(Math.min(from, all.size()), Math.min(from + BATCH, all.size()));
  }

  private static List<Future<float[]>> start(
      List<Map.Entry<String, Path>> batch, ImageEmbedder embedder, ExecutorService decoders) {
    return batch.stream()
        .map(picture -> decoders.submit(() -> embedder.seen(PictureFile.read(picture.getValue()))))
        .toList();
  }

  private void write(
      List<Map.Entry<String, Path>> batch,
      List<Future<float[]>> pixels,
      ImageEmbedder embedder,
      EmbeddingFile file)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    List<float[]> seen = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      String name = batch.get(i).getKey();
      try {
        seen.add(pixels.get(i).get());
        names.add(name);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof ImageException broken) {
          rejected.put(name, broken.getMessage());
        } else if (failed.getCause() instanceof IOException unreadable) {
          rejected.put(name, unreadable.toString());
        } else {
          throw new IllegalStateException(name, failed.getCause());
        }
      }
    }
    if (!seen.isEmpty()) {
      float[][] vectors = embedder.embed(seen.toArray(float[][]::new));
      for (int i = 0; i < vectors.length; i++) {
        file.add(names.get(i), vectors[i]);
      }
      embedded += vectors.length;
    }
  }

  /** How many pictures have been embedded. */
  public long embedded() {
    return embedded;
  }

  /** The pictures that could not be used, by path, each with the reason. */
  public SortedMap<String, String> rejected() {
    return new TreeMap<>(rejected);
  }
}
