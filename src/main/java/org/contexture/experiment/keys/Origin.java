package org.contexture.experiment.keys;

import java.util.Comparator;

/**
 * Where a value was written.
 *
 * @param layer which layer it belongs to; a higher one wins
 * @param line the line in the file, from 1; on the command line the number of the override
 * @param column the column in the file, from 1, in code points
 * @param place what messages say: {@code file:line:column} or {@code --set key=value}
 */
record Origin(int layer, int line, int column, String place) implements Comparable<Origin> {
  /** A file; those that it extends are in the layers below. */
  static final int FILE = 1;

  /** A file that is laid over another. */
  static final int FILE_OVER = 2;

  static final int COMMAND_LINE = Integer.MAX_VALUE;

  private static final Comparator<Origin> ORDER =
      Comparator.comparingInt(Origin::layer)
          .thenComparingInt(Origin::line)
          .thenComparingInt(Origin::column)
          .thenComparing(Origin::place);

  static Origin inFile(String file, int layer, int line, int column) {
    return new Origin(layer, line, column, file + ":" + line + ":" + column);
  }

  static Origin onCommandLine(String argument, int position) {
    return new Origin(COMMAND_LINE, position, 1, "--set " + Quoted.shortened(argument));
  }

  boolean isOnCommandLine() {
    return layer == COMMAND_LINE;
  }

  boolean isNewerThan(Origin other) {
    return layer > other.layer;
  }

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }
}
