package org.contexture.experiment.keys;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One or more different whole numbers. Their order has no meaning, so the value is ascending. On
 * the command line the brackets may be left out: {@code 1,2,4}.
 */
final class WholeListType extends Type<List<Integer>> {
  private static final int LONGEST = 100;

  private final WholeType<Integer> item;
  private final ListType<Integer> list;

  WholeListType(int minimum, int maximum) {
    this.item = WholeType.ofInt(minimum, maximum);
    this.list = new ListType<>(item, LONGEST);
  }

  @Override
  Optional<List<Integer>> read(Given given, String path, Report report) {
    List<Given> items = items(given);
    if (items.isEmpty() || items.size() > LONGEST) {
      report.refused(given, path, this);
      return Optional.empty();
    }
    TreeSet<Integer> numbers = new TreeSet<>();
    boolean allRead = true;
    for (int i = 0; i < items.size(); i++) {
      String place = path + "[" + i + "]";
      Optional<Integer> number = item.read(items.get(i), place, report);
      if (number.isPresent() && !numbers.add(number.get())) {
        report.problem(items.get(i).origin(), place, "is %d again".formatted(number.get()));
        allRead = false;
      }
      allRead &= number.isPresent();
    }
    return allRead ? Optional.of(List.copyOf(numbers)) : Optional.empty();
  }

  private static List<Given> items(Given given) {
    if (given instanceof Given.Items list) {
      return list.items();
    } else if (given instanceof Given.Word word && word.style() == Given.Word.Style.ARGUMENT) {
      String text = word.text().strip();
      String inner =
          text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
      return Arrays.stream(inner.split(",", LONGEST + 1))
          .map(item -> (Given) new Given.Word(item.strip(), word.style(), word.origin()))
          .toList();
    }
    return List.of();
  }

  @Override
  String allowed() {
    return list.allowed();
  }

  @Override
  Map<String, Object> schema() {
    return list.schema();
  }

  @Override
  Object plain(List<Integer> value) {
    return list.plain(value);
  }
}
