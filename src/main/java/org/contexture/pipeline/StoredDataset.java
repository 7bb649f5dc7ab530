package org.contexture.pipeline;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.shard.Shards;

/**
 * A dataset that exists in a store, ready to be read. It travels to workers, which open it there.
 *
 * @param <T> the record type
 */
public final class StoredDataset<T extends SpecificRecord> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DatasetFiles directory;
  private final List<Manifest.DataFile> files;
  private final List<Manifest.Attachment> attachments;
  private final long bytes;
  private final Class<T> recordType;
  private transient Map<Class<?>, Shards<?>> opened;

  StoredDataset(DatasetFiles directory, Manifest manifest, Class<T> recordType) {
    this.directory = directory;
    this.files = manifest.files();
    this.attachments = manifest.attachments();
    this.bytes = manifest.bytes();
    this.recordType = recordType;
  }

  /** How many shards it has. */
  public int shardCount() {
    return files.size();
  }

  /** How many records it has. */
  public long size() {
    return firstRecord(files.size());
  }

  /** Length of all shards together. */
  public long bytes() {
    return bytes;
  }

  /** A file that is part of the dataset as it is. */
  public Path attachment(String name) {
    Manifest.Attachment file =
        attachments.stream()
            .filter(attachment -> attachment.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no attachment " + name));
    try {
      return directory.attachment(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A directory that holds all files that are part of the dataset as they are. */
  public Path attachments() {
    try {
      return directory.directoryOf(attachments);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The number of the first record of a shard. */
  public long firstRecord(int shard) {
    return IntStream.range(0, shard).mapToLong(i -> files.get(i).records()).sum();
  }

  /** Opens all shards as one sequence of records. */
  public Shards<T> open() {
    return openAs(recordType);
  }

  /** Opens one shard. */
  public Shards<T> openShard(int shard) {
    return open(IntStream.of(shard), recordType);
  }

  /**
   * Opens all shards, to be read as another record type with some of the same fields. Each type is
   * opened once: a worker that makes many shards of them would otherwise map all files for each.
   */
  @SuppressWarnings("unchecked") // by its key
  public synchronized <P extends SpecificRecord> Shards<P> openAs(Class<P> projection) {
    if (opened == null) {
      opened = new HashMap<>();
    }
    return (Shards<P>)
        opened.computeIfAbsent(
            projection, type -> open(IntStream.range(0, files.size()), projection));
  }

  private <P extends SpecificRecord> Shards<P> open(IntStream shards, Class<P> type) {
    try {
      List<Path> paths = new ArrayList<>();
      for (int shard : shards.toArray()) {
        paths.add(directory.shard(files.get(shard)));
      }
      return Shards.open(paths, SpecificData.get().getSchema(type));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
