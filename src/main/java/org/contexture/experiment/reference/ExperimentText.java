package org.contexture.experiment.reference;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of an experiment file, key by key. Keys of one section have to come one after the other.
 */
final class ExperimentText {
  private static final int LONGEST_WRITTEN_OUT = 18;

  private final StringBuilder text = new StringBuilder();
  private List<String> open = List.of();

  /** A line for readers; characters that are not to be seen are replaced. */
  void comment(String line) {
    text.append(("# " + line.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?")).strip()).append('\n');
  }

  void set(String path, String word) {
    line(path, word);
  }

  void set(String path, long number) {
    line(path, Long.toString(number));
  }

  void set(String path, BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    boolean isWhole = shortest.scale() < 0 && -shortest.scale() < LONGEST_WRITTEN_OUT;
    line(path, isWhole ? shortest.toPlainString() : shortest.toString());
  }

  void set(String path, boolean value) {
    line(path, Boolean.toString(value));
  }

  void set(String path, List<Integer> numbers) {
    line(path, numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")));
  }

  private void line(String path, String value) {
    List<String> keys = List.of(path.split("\\."));
    List<String> sections = keys.subList(0, keys.size() - 1);
    int shared = 0;
    while (shared < Math.min(open.size(), sections.size())
        && open.get(shared).equals(sections.get(shared))) {
      shared++;
    }
    boolean isAmongScalars = sections.isEmpty() && open.isEmpty() && text.length() > 0;
    if (shared == 0 && !isAmongScalars) {
      text.append('\n');
    }
    for (int depth = shared; depth < sections.size(); depth++) {
      text.append("  ".repeat(depth)).append(sections.get(depth)).append(":\n");
    }
    text.append("  ".repeat(sections.size()))
        .append(keys.get(keys.size() - 1))
        .append(": ")
        .append(value)
        .append('\n');
    open = sections;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
