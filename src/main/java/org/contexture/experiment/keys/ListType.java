package org.contexture.experiment.keys;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One or more different values, in the order they were written. */
final class ListType<T> extends Type<List<T>> {
  private static final int LONGEST = 1000;

  private final Type<T> item;
  private final int longest;

  ListType(Type<T> item) {
    this(item, LONGEST);
  }

  ListType(Type<T> item, int longest) {
    this.item = item;
    this.longest = longest;
  }

  @Override
  Optional<List<T>> read(Given given, String path, Report report) {
    if (!(given instanceof Given.Items list)
        || list.items().isEmpty()
        || list.items().size() > longest) {
      report.refused(given, path, this);
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    Set<Object> plain = new HashSet<>();
    for (int i = 0; i < list.items().size(); i++) {
      Given written = list.items().get(i);
      String place = path + "[" + i + "]";
      Optional<T> value = item.read(written, place, report);
      if (value.isPresent() && !plain.add(item.plain(value.get()))) {
        report.problem(written.origin(), place, "is " + written.described() + " again");
      } else {
        value.ifPresent(values::add);
      }
    }
    return values.size() == list.items().size()
        ? Optional.of(List.copyOf(values))
        : Optional.empty();
  }

  @Override
  String allowed() {
    return "a list of 1 to %d different items, each %s".formatted(longest, item.allowed());
  }

  @Override
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", item.schema());
    schema.put("minItems", 1);
    schema.put("maxItems", longest);
    schema.put("uniqueItems", true);
    return schema;
  }

  @Override
  Object plain(List<T> value) {
    return value.stream().map(item::plain).toList();
  }
}
