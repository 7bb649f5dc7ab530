package org.contexture.shard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.contexture.record.Example;
import org.contexture.record.RawFile;
import org.contexture.record.Split;

/** Writes shards for tests, and damages them. */
record ShardFolder(Path directory) {

  /** A shard of records, which have to be of one type and at least one. */
  <T extends SpecificRecord> Path write(String name, List<T> records) throws IOException {
    Path file = directory.resolve(name);
    try (ShardWriter<T> writer =
        ShardWriter.create(file, records.get(0).getSchema(), "salt of " + name)) {
      for (T record : records) {
        writer.append(record);
      }
      writer.finish();
    }
    return file;
  }

  Path writeEmpty(String name) throws IOException {
    Path file = directory.resolve(name);
    try (ShardWriter<RawFile> writer =
        ShardWriter.create(file, RawFile.getClassSchema(), "salt of " + name)) {
      writer.finish();
    }
    return file;
  }

  static RawFile rawFile(String path, int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return RawFile.newBuilder().setPath(path).setBytes(ByteBuffer.wrap(content)).build();
  }

  static List<RawFile> rawFiles(int count, int size) {
    return IntStream.range(0, count).mapToObj(i -> rawFile("file " + i, size, i)).toList();
  }

  static Example example(long id, int imageBytes) {
    return Example.newBuilder()
        .setId(id)
        .setLabel((int) id % 7)
        .setSuperLabel(3)
        .setSplit(Split.VALIDATION)
        .setPath("images/" + id + ".png")
        .setClassName("class")
        .setSuperName("")
        .setImage(rawFile("", imageBytes, id).getBytes())
        .build();
  }

  static Path indexOf(Path shard) {
    return shard.resolveSibling(shard.getFileName() + ".index");
  }

  /** Flips every bit of one byte. */
  static void flip(Path file, long position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[Math.toIntExact(position)] ^= (byte) 0xff;
    Files.write(file, bytes);
  }

  static void cut(Path file, int length) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, length));
  }

  static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
