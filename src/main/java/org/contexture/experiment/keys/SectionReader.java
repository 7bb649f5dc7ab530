package org.contexture.experiment.keys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one section: its keys, what does not belong in it, and its rules. */
final class SectionReader<T> {
  private final Section<T> section;
  private final String path;
  private final Given.Fields fields;
  private final Report report;
  private final Optional<Governed<?>> governed;
  private final Values values = new Values();

  SectionReader(Section<T> section, String path, Given.Fields fields, Report report) {
    this.section = section;
    this.path = path;
    this.fields = fields;
    this.report = report;
    this.governed = section.variants().map(this::governed);
  }

  Optional<T> read() {
    int problemsBefore = report.problemCount();
    List<Key<?>> applicable = new ArrayList<>(section.always());
    governed.ifPresent(choice -> applicable.addAll(choice.keys()));
    fields
        .fields()
        .forEach(
            (name, field) -> {
              if (applicable.stream().noneMatch(key -> key.name().equals(name))) {
                misplaced(name, field, applicable);
              }
            });
    applicable.forEach(this::readKey);
    section.rules().forEach(this::check);
    return report.problemCount() == problemsBefore
        ? Optional.of(section.make(values))
        : Optional.empty();
  }

  /** The choice that decides which keys apply; without a value when it cannot be read. */
  private record Governed<E>(Variants<E> variants, Optional<E> value, Optional<Origin> origin) {
    List<Key<?>> keys() {
      return value.isPresent() ? variants.of(value.get()) : List.of();
    }

    String written() {
      return value.map(variants::written).orElse("unknown");
    }

    boolean isNewerThan(Given given) {
      return origin.isPresent() && origin.get().isNewerThan(given.newest());
    }
  }

  private <E> Governed<E> governed(Variants<E> variants) {
    Key<E> governor = variants.governor();
    Given.Field field = fields.fields().get(governor.name());
    if (field == null) {
      return new Governed<>(variants, governor.fallback(), Optional.empty());
    }
    Report unheard = new Report(section);
    Optional<E> value = governor.type().read(field.value(), path, unheard);
    return new Governed<>(variants, value, Optional.of(field.value().origin()));
  }

  private <V> void readKey(Key<V> key) {
    String place = key.pathIn(path);
    Given.Field field = fields.fields().get(key.name());
    if (field != null) {
      Optional<V> value = key.type().read(applicable(key, field.value()), place, report);
      value.ifPresent(read -> values.put(key, read));
      if (value.isPresent() && !key.isSection()) {
        report.holds(place, key.type().written(value.get()), field.value().origin().place());
        if (isGoverned(key) && governed.orElseThrow().isNewerThan(field.value())) {
          noteKept(place, field.value());
        }
      }
    } else if (key.isSection()) {
      key.type()
          .read(Given.Fields.none(fields.origin()), place, report)
          .ifPresent(read -> values.put(key, read));
    } else if (key.fallback().isPresent()) {
      values.put(key, key.fallback().get());
      report.holds(place, key.type().written(key.fallback().get()), "default");
    } else {
      report.problem(fields.origin(), place, "is missing; required: " + key.type().allowed());
    }
  }

  private boolean isGoverned(Key<?> key) {
    return governed.isPresent() && !section.always().contains(key);
  }

  /**
   * What was given for a key. Keys of a governed section are governed too: those that only other
   * choices have are left out, and reported or noted.
   */
  private Given applicable(Key<?> key, Given given) {
    if (!isGoverned(key)
        || !(key.type() instanceof Section<?> below)
        || !(given instanceof Given.Fields whole)) {
      return given;
    }
    Governed<?> choice = governed.orElseThrow();
    Map<String, Given.Field> kept = new LinkedHashMap<>(whole.fields());
    whole
        .fields()
        .forEach(
            (name, field) -> {
              String place = key.pathIn(path) + "." + name;
              List<String> choices = choice.variants().valuesWith(key.name(), name);
              if (!below.has(name) && !choices.isEmpty()) {
                ofAnotherChoice(place, field, choices, below.keys());
                kept.remove(name);
              } else if (below.has(name) && choice.isNewerThan(field.value())) {
                noteKept(place, field.value());
              }
            });
    return new Given.Fields(kept, whole.origin());
  }

  private void noteKept(String place, Given value) {
    Governed<?> choice = governed.orElseThrow();
    report.note(
        "%s at %s holds for %s %s too, which %s chose."
            .formatted(
                place,
                value.origin().place(),
                choice.variants().governor().name(),
                choice.written(),
                choice.origin().orElseThrow().place()));
  }

  private void misplaced(String name, Given.Field field, List<Key<?>> applicable) {
    List<String> choices =
        governed.map(choice -> choice.variants().valuesWith(name)).orElse(List.of());
    if (choices.isEmpty()) {
      boolean undecided = governed.isPresent() && governed.get().value().isEmpty();
      unknown(name, field, undecided ? section.keys() : applicable);
      return;
    }
    if (governed.orElseThrow().value().isEmpty()) {
      return; // The choice itself is reported; what it governs cannot be judged.
    }
    ofAnotherChoice(path.isEmpty() ? name : path + "." + name, field, choices, applicable);
  }

  /** Notes what an older layer says for other choices only, and reports what a newer one does. */
  private void ofAnotherChoice(
      String place, Given.Field field, List<String> choices, List<Key<?>> allowed) {
    Governed<?> choice = governed.orElseThrow();
    String governor = choice.variants().governor().name();
    if (choice.isNewerThan(field.value())) {
      report.note(
          "%s at %s is not used, because %s chose %s %s."
              .formatted(
                  place,
                  field.name().place(),
                  choice.origin().orElseThrow().place(),
                  governor,
                  choice.written()));
      return;
    }
    report.problem(
        newest(field),
        place,
        "is only for %s %s, and here %s is %s; allowed: %s"
            .formatted(
                governor,
                String.join(", ", choices),
                governor,
                choice.written(),
                Section.names(allowed)));
  }

  private void unknown(String name, Given.Field field, List<Key<?>> allowed) {
    List<String> names = new ArrayList<>(allowed.stream().map(Key::name).distinct().toList());
    if (!newest(field).isOnCommandLine()) {
      section.base().ifPresent(base -> names.add(base.name()));
    }
    String hint =
        Nearest.to(name, names)
            .or(() -> report.elsewhere(name))
            .map(nearest -> "; did you mean '" + nearest + "'?")
            .orElse("");
    String shown = Quoted.shortened(name);
    report.problem(
        newest(field),
        path.isEmpty() ? shown : path + "." + shown,
        "is no key; allowed: %s%s".formatted(String.join(", ", names), hint));
  }

  /** Where a field was written last: its name, unless a newer layer gave it another value. */
  private static Origin newest(Given.Field field) {
    Origin value = field.value().newest();
    return value.isNewerThan(field.name()) ? value : field.name();
  }

  private void check(Section.Rule rule) {
    if (!values.hasAll(rule.keys())) {
      return;
    }
    Optional<String> violation = rule.violation().apply(values);
    if (violation.isEmpty()) {
      return;
    }
    Map<String, Given.Field> written = fields.fields();
    Optional<Key<?>> newest =
        rule.keys().stream()
            .filter(key -> written.containsKey(key.name()))
            .max(Comparator.comparing(key -> written.get(key.name()).value().newest()));
    Origin origin =
        newest.map(key -> written.get(key.name()).value().newest()).orElse(fields.origin());
    report.problem(origin, newest.orElse(rule.keys().get(0)).pathIn(path), violation.get());
  }
}
