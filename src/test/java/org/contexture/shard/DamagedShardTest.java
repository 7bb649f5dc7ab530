package org.contexture.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.contexture.shard.ShardFolder.cut;
import static org.contexture.shard.ShardFolder.flip;
import static org.contexture.shard.ShardFolder.indexOf;
import static org.contexture.shard.ShardFolder.rawFiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.contexture.failure.Failure;
import org.contexture.record.RawFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedShardTest {
  @TempDir Path directory;
  private final List<RawFile> records = rawFiles(3, 4);
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = new ShardFolder(directory).write("a.avro", records);
  }

  private Shard<RawFile> open() throws IOException {
    return Shard.open(file, RawFile.getClassSchema());
  }

  private void assertRefused(String message, Object... arguments) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.category()).isEqualTo(Failure.Category.DATA))
        .hasMessage(message, arguments);
  }

  @Test
  void aDamagedRecordIsNamedWithWhatWasExpectedAndFound() throws IOException {
    ByteBuffer index = ByteBuffer.wrap(Files.readAllBytes(indexOf(file)));
    long offset = index.getLong(24 + 16);
    int length = index.getInt(24 + 16 + 8);
    flip(file, offset + length - 1);
    CRC32C actual = new CRC32C();
    actual.update(Files.readAllBytes(file), (int) offset, length);

    Shard<RawFile> shard = open();

    assertThatThrownBy(() -> shard.read(1))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "%s, record 1 is damaged: expected CRC-32C %08x, actual %08x.",
            file, index.getInt(24 + 16 + 12), (int) actual.getValue());
    assertThat(shard.read(0)).isEqualTo(records.get(0));
    assertThat(shard.read(2)).isEqualTo(records.get(2));
  }

  @Test
  void noFlippedByteOfAShardGoesUnnoticedOrEscapesAsAnotherException() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int position = 0; position < whole.length; position++) {
      for (int bits : new int[] {0x01, 0xff}) {
        byte[] damaged = whole.clone();
        damaged[position] ^= (byte) bits;
        Files.write(file, damaged);
        try {
          Shard<RawFile> shard = open();
          List<RawFile> read = new ArrayList<>();
          for (int record = 0; record < shard.size(); record++) {
            read.add(shard.read(record));
          }
          assertThat(read).as("byte %d", position).isEqualTo(records);
        } catch (Failure noticed) {
          assertThat(noticed).as("byte %d", position).hasMessageContaining(file.toString());
        }
      }
    }
  }

  @Test
  void everyFlippedByteOfAnIndexIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(indexOf(file));
    for (int position = 0; position < whole.length; position++) {
      flip(indexOf(file), position);
      assertThatThrownBy(this::open)
          .as("byte %d", position)
          .isInstanceOf(Failure.class)
          .hasMessageContaining(indexOf(file).toString());
      Files.write(indexOf(file), whole);
    }
  }

  @Test
  void aTruncatedShardHasTheWrongLength() throws IOException {
    long length = Files.size(file);
    cut(file, (int) length - 1);

    assertRefused(
        "%s has the wrong length: expected %d bytes, actual %d.", file, length, length - 1);

    cut(file, 0);
    assertRefused("%s has the wrong length: expected %d bytes, actual 0.", file, length);
  }

  @Test
  void aMissingShardIsMissing() throws IOException {
    Files.delete(file);
    assertRefused("%s is missing.", file);
  }

  @Test
  void aMissingIndexIsMissing() throws IOException {
    Files.delete(indexOf(file));
    assertRefused("%s is missing: the shard beside it cannot be read without it.", indexOf(file));
  }

  @Test
  void aDamagedIndexIsDamaged() throws IOException {
    byte[] bytes = Files.readAllBytes(indexOf(file));
    flip(indexOf(file), 30);

    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(
            "%s is damaged: expected CRC-32C %08x, actual ",
            indexOf(file), ByteBuffer.wrap(bytes).getInt(bytes.length - 4));
  }

  @Test
  void aTruncatedIndexIsSaidToBeCutShort() throws IOException {
    int length = (int) Files.size(indexOf(file));
    for (int kept : new int[] {0, 5, 8, 20, 27, 28, length - 1}) {
      byte[] whole = Files.readAllBytes(indexOf(file));
      cut(indexOf(file), kept);
      assertThatThrownBy(this::open)
          .as("%d bytes", kept)
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith(indexOf(file).toString())
          .hasMessageContaining("cut short")
          .hasMessageContaining("actual " + kept);
      Files.write(indexOf(file), whole);
    }
  }

  @Test
  void anIndexThatIsTooLongSaysSoEvenWithARightChecksum() throws IOException {
    byte[] bytes = Files.readAllBytes(indexOf(file));
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 3);
    CRC32C crc = new CRC32C();
    crc.update(longer, 0, longer.length - 4);
    ByteBuffer.wrap(longer).putInt(longer.length - 4, (int) crc.getValue());
    Files.write(indexOf(file), longer);

    assertRefused(
        "%s is damaged: its %d entries take %d bytes, but it has %d.",
        indexOf(file), records.size(), bytes.length, longer.length);
  }

  @Test
  void somethingElseInTheIndexesPlaceIsNoIndex() throws IOException {
    Files.write(indexOf(file), new byte[100]);
    assertRefused("%s is not a shard index: it does not begin with CTXINDEX.", indexOf(file));
  }

  @Test
  void anIndexOfANewerFormatIsSaidToBeOne() throws IOException {
    byte[] bytes = Files.readAllBytes(indexOf(file));
    ByteBuffer.wrap(bytes).putInt(8, 2);
    Files.write(indexOf(file), bytes);

    assertRefused("%s has index format 2; this Contexture reads format 1.", indexOf(file));
  }

  @Test
  void anIndexThatPointsOutsideTheShardIsCaught() throws IOException {
    byte[] bytes = Files.readAllBytes(indexOf(file));
    for (long offset : new long[] {-1, Files.size(file), Long.MAX_VALUE - 3}) {
      ByteBuffer index = ByteBuffer.wrap(bytes);
      index.putLong(24, offset);
      CRC32C crc = new CRC32C();
      crc.update(bytes, 0, bytes.length - 4);
      index.putInt(bytes.length - 4, (int) crc.getValue());
      Files.write(indexOf(file), bytes);

      Shard<RawFile> shard = open();

      assertThatThrownBy(() -> shard.read(0))
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("%s, record 0 lies outside the file: ", file);
    }
  }

  @Test
  void somethingElseOfTheRightLengthIsNoAvroFile() throws IOException {
    Files.write(file, new byte[(int) Files.size(file)]);

    assertThatThrownBy(this::open)
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("%s is no Avro container file: ", file);
  }

  @Test
  void aWriterThatNeverFinishedLeavesNoShard() throws IOException {
    Path unfinished = directory.resolve("unfinished.avro");
    try (ShardWriter<RawFile> writer =
        ShardWriter.create(unfinished, RawFile.getClassSchema(), "salt")) {
      writer.append(records.get(0));
    }

    assertThatThrownBy(() -> Shard.open(unfinished, RawFile.getClassSchema()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("%s is missing", indexOf(unfinished));
  }
}
