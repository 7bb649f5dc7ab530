package org.contexture.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/** Gives the files of one dataset as files of this machine. It travels to workers. */
interface DatasetFiles extends Serializable {

  /** A shard; its index lies beside it. */
  Path shard(Manifest.DataFile file) throws IOException;

  /** A file that is part of the dataset as it is. */
  Path attachment(Manifest.Attachment file) throws IOException;

  /** A directory that holds all of these. */
  Path directoryOf(List<Manifest.Attachment> files) throws IOException;

  /**
   * Those of a directory that holds all of them.
   *
   * @param directory an absolute path
   */
  record Local(String directory) implements DatasetFiles {

    @Override
    public Path shard(Manifest.DataFile file) {
      return Path.of(directory, file.name());
    }

    @Override
    public Path attachment(Manifest.Attachment file) {
      return Path.of(directory, file.name());
    }

    @Override
    public Path directoryOf(List<Manifest.Attachment> files) {
      return Path.of(directory);
    }
  }
}
