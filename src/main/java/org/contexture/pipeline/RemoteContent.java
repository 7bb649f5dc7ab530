package org.contexture.pipeline;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.contexture.pipeline.remote.LocalCache;
import org.contexture.pipeline.remote.RemoteFiles;

/**
 * The files of one dataset in a store that is not of this machine, and their copies. Each lies in a
 * directory that is named by its digest: so whoever makes a dataset again, perhaps at the same time
 * and on a processor that rounds in another way, never replaces bytes that another reads.
 */
record RemoteContent(LocalCache cache, DatasetId id) implements DatasetFiles {
  private static final int DIGITS = 16;

  /** The name of a shard in the store. */
  static String shard(DatasetId id, Manifest.DataFile file) {
    return directory(id, file.sha256()) + file.name();
  }

  /** The name of the index of a shard; it lies beside the shard. */
  static String index(DatasetId id, Manifest.DataFile file) {
    return directory(id, file.sha256()) + file.index();
  }

  /** The name of a file that is part of the dataset as it is. */
  static String attachment(DatasetId id, Manifest.Attachment file) {
    return directory(id, file.sha256()) + file.name();
  }

  private static String directory(DatasetId id, String sha256) {
    return id + "/" + sha256.substring(0, DIGITS) + "/";
  }

  /** The names of all that a dataset consists of, by its manifest. */
  static Set<String> names(Manifest manifest) {
    return names(manifest.id(), manifest.files(), manifest.attachments());
  }

  /** The names of some files of a dataset. */
  static Set<String> names(
      DatasetId id, List<Manifest.DataFile> shards, List<Manifest.Attachment> attachments) {
    Set<String> names = new TreeSet<>();
    for (Manifest.DataFile file : shards) {
      names.addAll(List.of(shard(id, file), index(id, file)));
    }
    attachments.forEach(file -> names.add(attachment(id, file)));
    return names;
  }

  /** The names of all files that lie where those of a dataset do. */
  static Set<String> names(RemoteFiles files, DatasetId id) throws IOException {
    Set<String> names = new TreeSet<>();
    files.entries(id + "/*/*").forEach(entry -> names.add(entry.name()));
    return names;
  }

  /** Removes a directory of files in directories. */
  static void delete(RemoteFiles files, String directory) throws IOException {
    for (String pattern : List.of("/*/*", "/*")) {
      List<String> names =
          files.all(directory + pattern).stream().map(RemoteFiles.Entry::name).toList();
      files.delete(names);
    }
  }

  @Override
  public Path shard(Manifest.DataFile file) throws IOException {
    cache.fetch(index(id, file), file.indexSha256());
    return cache.fetch(shard(id, file), file.sha256());
  }

  @Override
  public Path attachment(Manifest.Attachment file) throws IOException {
    return cache.fetch(attachment(id, file), file.sha256());
  }

  @Override
  public Path directoryOf(List<Manifest.Attachment> files) throws IOException {
    MessageDigest digest = DigestUtils.getSha256Digest();
    files.forEach(file -> DigestUtils.updateDigest(digest, file.name() + "/" + file.sha256()));
    Path directory = cache.path(directory(id, HexFormat.of().formatHex(digest.digest())));
    Files.createDirectories(directory);
    for (Manifest.Attachment file : files) {
      Path fetched = attachment(file);
      try {
        Files.createLink(directory.resolve(file.name()), fetched);
      } catch (FileAlreadyExistsException linkedBefore) {
        // as it shall be
      }
    }
    return directory;
  }
}
