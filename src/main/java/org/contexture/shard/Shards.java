package org.contexture.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Several shards as one sequence of records, numbered through. Safe for use by several threads. */
public final class Shards<T extends SpecificRecord> implements Iterable<T> {
  private final List<Shard<T>> shards;
  private final long[] starts;

  private Shards(List<Shard<T>> shards) {
    this.shards = List.copyOf(shards);
    starts = new long[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      starts[i + 1] = starts[i] + shards.get(i).size();
    }
  }

  /** Opens shard files, in this order. */
  public static <T extends SpecificRecord> Shards<T> open(List<Path> files, Schema wanted)
      throws IOException {
    List<Shard<T>> shards = new ArrayList<>();
    for (Path file : files) {
      shards.add(Shard.open(file, wanted));
    }
    return new Shards<>(shards);
  }

  /** How many records there are. */
  public long size() {
    return starts[shards.size()];
  }

  /** The record of a number, checked. */
  public T read(long record) {
    int shard = shardOf(record);
    return shards.get(shard).read((int) (record - starts[shard]));
  }

  /** The record of a number, its bytes unchecked: see {@link Shard#project}. */
  public T project(long record) {
    int shard = shardOf(record);
    return shards.get(shard).project((int) (record - starts[shard]));
  }

  private int shardOf(long record) {
    if (record < 0 || record >= size()) {
      throw new IndexOutOfBoundsException("record %d of %d".formatted(record, size()));
    }
    int found = Arrays.binarySearch(starts, record);
    int shard = found >= 0 ? found : -found - 2;
    while (shards.get(shard).size() == 0) {
      shard++;
    }
    return shard;
  }

  /** All records in order, each checked as it is read. */
  @Override
  public Iterator<T> iterator() {
    return LongStream.range(0, size()).mapToObj(this::read).iterator();
  }
}
