package org.contexture.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.contexture.file.DirectoryTree;
import org.contexture.pipeline.remote.RemoteFiles;

/**
 * The files of a dataset that is not of this machine, fetched one after another as they are, past
 * all copies there may be.
 *
 * @param scratch a directory for one of them at a time
 */
record RemoteStoredFiles(RemoteFiles files, DatasetId id, Path scratch) implements StoredFiles {

  @Override
  public Path shard(Manifest.DataFile file) throws IOException {
    clear();
    fetch(RemoteContent.index(id, file));
    return fetch(RemoteContent.shard(id, file));
  }

  @Override
  public Path attachment(Manifest.Attachment file) throws IOException {
    clear();
    return fetch(RemoteContent.attachment(id, file));
  }

  private void clear() throws IOException {
    DirectoryTree.delete(scratch);
  }

  private Path fetch(String name) throws IOException {
    Path copy = scratch.resolve(name);
    Files.createDirectories(copy.getParent());
    if (files.entry(name).isPresent()) {
      files.download(name, copy);
    }
    return copy;
  }

  /** None: another run that made the dataset at the same time may have put its files there. */
  @Override
  public List<Path> strangers(Manifest manifest) {
    return List.of();
  }

  @Override
  public String said(String text) {
    return text.replace(scratch.toString(), files.address().uri());
  }

  @Override
  public void close() throws IOException {
    DirectoryTree.delete(scratch);
  }
}
