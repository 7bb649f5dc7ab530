package org.contexture.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.contexture.embedding.WrittenEmbeddings;
import org.contexture.failure.Failure;
import org.contexture.image.ImageException;
import org.contexture.image.PictureFile;
import org.contexture.image.Thumbnail;
import org.contexture.report.Picture;

/** The gallery of a file of embeddings, and perhaps of the folder of pictures that it is about. */
public final class FileGallery {
  private FileGallery() {}

  /**
   * Opens a file that {@code contexture embed} wrote.
   *
   * @param folder where the pictures lie; without it they are not shown
   * @throws Failure (usage) if the file or the folder is not there, (data) if the file is damaged
   *     or has no embedding
   */
  public static Gallery open(Path file, Optional<Path> folder) {
    WrittenEmbeddings embeddings = WrittenEmbeddings.open(file);
    List<String> paths = embeddings.paths();
    Optional<Path> root = folder.map(FileGallery::real);
    return new Gallery(
        file.toString(),
        ExactSearch.of(embeddings),
        id -> {
          String path = paths.get(Math.toIntExact(id));
          return new GalleryImage("", path, picture(root, path));
        });
  }

  private static Path real(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Failure.usage("--images: %s is no folder that can be read.", folder);
    }
    try {
      return folder.toRealPath();
    } catch (IOException unreadable) {
      throw Failure.environment("%s cannot be read: %s.", folder, unreadable).causedBy(unreadable);
    }
  }

  /** The picture of a path, which cannot lead out of the folder; of no bytes if there is none. */
  private static Picture picture(Optional<Path> root, String path) {
    if (root.isEmpty()) {
      return Picture.of(new byte[0]);
    }
    try {
      Path file = root.get().resolve(path).toRealPath();
      if (!file.startsWith(root.get()) || !Files.isRegularFile(file)) {
        return Picture.of(new byte[0]);
      }
      return Picture.of(Thumbnail.of(PictureFile.read(file)));
    } catch (IOException | InvalidPathException | ImageException unusable) {
      return Picture.of(new byte[0]);
    }
  }
}
