package org.contexture.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * Reads a file in larger pieces than it is asked for: the directory of a zip archive is asked for a
 * few bytes at a time, by the hundred thousand. Pieces are small, since a few bytes before each of
 * its files are asked for, too, whenever it is opened. A disk that fails is an {@link
 * UncheckedIOException}, so that nobody takes it for an archive that is damaged.
 */
final class ReadAheadChannel implements SeekableByteChannel {
  private static final int PIECE = 1 << 12;

  private final SeekableByteChannel file;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE).limit(0);
  private long pieceStart;
  private long position;

  ReadAheadChannel(SeekableByteChannel file) {
    this.file = file;
  }

  @Override
  public int read(ByteBuffer target) {
    try {
      int read = target.remaining() >= PIECE ? readThrough(target) : readFromPiece(target);
      position += Math.max(0, read);
      return read;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private int readThrough(ByteBuffer target) throws IOException {
    return file.position(position).read(target);
  }

  private int readFromPiece(ByteBuffer target) throws IOException {
    if (position < pieceStart || position >= pieceStart + piece.limit()) {
      piece.limit(0);
      int read = file.position(position).read(ByteBuffer.wrap(piece.array()));
      if (read < 0) {
        return -1;
      }
      pieceStart = position;
      piece.limit(read);
    }
    int offset = (int) (position - pieceStart);
    int count = Math.min(target.remaining(), piece.limit() - offset);
    target.put(piece.array(), offset, count);
    return count;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
