package org.contexture.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The files of one dataset as they lie in its store, one after another, to be checked. */
interface StoredFiles extends AutoCloseable {

  /**
   * Where a shard and its index can be looked at until the next call; what is missing is not there.
   *
   * @return the shard; its index would lie beside it
   */
  Path shard(Manifest.DataFile file) throws IOException;

  /** Where a file that is part of the dataset can be looked at until the next call. */
  Path attachment(Manifest.Attachment file) throws IOException;

  /** What lies among the files of a dataset and is none of them, as a crash may have left it. */
  List<Path> strangers(Manifest manifest) throws IOException;

  /** What to say in place of a text that names files by where they can be looked at. */
  String said(String text);

  @Override
  void close() throws IOException;

  /** Those of a directory, which are looked at where they lie. */
  record Local(Path directory) implements StoredFiles {

    @Override
    public Path shard(Manifest.DataFile file) {
      return directory.resolve(file.name());
    }

    @Override
    public Path attachment(Manifest.Attachment file) {
      return directory.resolve(file.name());
    }

    @Override
    public List<Path> strangers(Manifest manifest) throws IOException {
      Set<String> names = manifest.fileNames();
      return LocalStore.children(directory).stream()
          .filter(file -> !names.contains(file.getFileName().toString()))
          .toList();
    }

    @Override
    public String said(String text) {
      return text;
    }

    @Override
    public void close() {}
  }
}
