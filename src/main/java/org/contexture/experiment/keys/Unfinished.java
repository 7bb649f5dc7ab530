package org.contexture.experiment.keys;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;

/** A YAML list or mapping that is being read. */
sealed interface Unfinished {
  /** A value and how many values are in it, itself and aliases included. */
  record Sized(Given given, long size) {}

  CollectionStartEvent start();

  /** Takes the next value, which is written, or aliased, at {@code written}. */
  void add(Sized value, Origin written);

  Sized finished();

  /** A list. */
  final class Sequence implements Unfinished {
    private final CollectionStartEvent start;
    private final Origin origin;
    private final List<Given> items = new ArrayList<>();
    private long size = 1;

    Sequence(CollectionStartEvent start, Origin origin) {
      this.start = start;
      this.origin = origin;
    }

    @Override
    public CollectionStartEvent start() {
      return start;
    }

    @Override
    public void add(Sized value, Origin written) {
      size += value.size();
      items.add(value.given());
    }

    @Override
    public Sized finished() {
      return new Sized(new Given.Items(items, origin), size);
    }
  }

  /** A mapping: names and values in turn. The first of two equal names counts. */
  final class Mapping implements Unfinished {
    private final CollectionStartEvent start;
    private final Origin origin;
    private final Report report;
    private final Map<String, Given.Field> fields = new LinkedHashMap<>();
    private Optional<Name> pending = Optional.empty();
    private long size = 1;

    private record Name(Optional<String> text, Origin origin) {}

    Mapping(CollectionStartEvent start, Origin origin, Report report) {
      this.start = start;
      this.origin = origin;
      this.report = report;
    }

    @Override
    public CollectionStartEvent start() {
      return start;
    }

    @Override
    public void add(Sized value, Origin written) {
      size += value.size();
      if (pending.isPresent()) {
        Name name = pending.get();
        name.text().ifPresent(text -> put(text, name.origin(), value.given()));
        pending = Optional.empty();
      } else if (value.given() instanceof Given.Word word) {
        pending = Optional.of(new Name(Optional.of(word.text()), written));
      } else {
        report.problem(written, "", "a key is " + value.given().described() + "; allowed: a word");
        pending = Optional.of(new Name(Optional.empty(), written));
      }
    }

    private void put(String name, Origin at, Given value) {
      Given.Field first = fields.putIfAbsent(name, new Given.Field(at, value));
      if (first != null) {
        report.problem(
            at, Quoted.shortened(name), "is given twice; the first is at " + first.name().place());
      }
    }

    @Override
    public Sized finished() {
      return new Sized(new Given.Fields(fields, origin), size);
    }
  }
}
