package org.contexture.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;

class ReadAheadChannelTest {
  private final byte[] content = new byte[300_000];
  private final ReadAheadChannel channel =
      new ReadAheadChannel(new SeekableInMemoryByteChannel(content));

  ReadAheadChannelTest() {
    new Random(1).nextBytes(content);
  }

  private byte[] read(int position, int length) throws IOException {
    channel.position(position);
    ByteBuffer target = ByteBuffer.allocate(length);
    while (target.hasRemaining() && channel.read(target) >= 0) {
      assertThat(channel.position()).isEqualTo(position + target.position());
    }
    return Arrays.copyOf(target.array(), target.position());
  }

  @Test
  void anyPieceIsThatOfTheFile() throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < 2000; round++) {
      int position = random.nextInt(content.length);
      int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 100_000 : 50);
      int end = Math.min(content.length, position + length);
      assertThat(read(position, length)).isEqualTo(Arrays.copyOfRange(content, position, end));
    }
  }

  @Test
  void behindTheEndIsNothing() throws IOException {
    assertThat(read(content.length, 10)).isEmpty();
    assertThat(read(content.length + 5, 100_000)).isEmpty();
    assertThat(read(content.length - 1, 10)).hasSize(1);
    assertThat(channel.size()).isEqualTo(content.length);
  }

  @Test
  void nothingIsWritten() {
    assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
        .isInstanceOf(NonWritableChannelException.class);
    assertThatThrownBy(() -> channel.truncate(1)).isInstanceOf(NonWritableChannelException.class);
  }

  @Test
  void aDiskThatFailsOnceIsNoOtherContent() {
    AtomicBoolean failing = new AtomicBoolean();
    ReadAheadChannel unsteady =
        new ReadAheadChannel(
            new SeekableInMemoryByteChannel(content) {
              @Override
              public int read(ByteBuffer target) throws IOException {
                if (failing.get()) {
                  throw new IOException("Input/output error");
                }
                return super.read(target);
              }
            });
    unsteady.read(ByteBuffer.allocate(10));
    unsteady.position(200_000);
    failing.set(true);
    assertThatThrownBy(() -> unsteady.read(ByteBuffer.allocate(10)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("Input/output error");
    failing.set(false);

    ByteBuffer target = ByteBuffer.allocate(10);
    unsteady.read(target);

    assertThat(target.array()).isEqualTo(Arrays.copyOfRange(content, 200_000, 200_010));
  }
}
