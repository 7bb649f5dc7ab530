package org.contexture.experiment.keys;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was written, before anything is known about what is allowed: a tree with its places. */
sealed interface Given {
  Origin origin();

  /** How it is called in a message, after "is". */
  String described();

  /** The newest place that had a hand in it. */
  Origin newest();

  /** A single value. */
  record Word(String text, Style style, Origin origin) implements Given {
    enum Style {
      /** In a file, without quotes: the YAML 1.2 core schema says what it is. */
      PLAIN,
      /** In a file, quoted or as a block: text. */
      QUOTED,
      /** On the command line: whatever the key wants it to be. */
      ARGUMENT
    }

    CoreScalar scalar() {
      return style == Style.QUOTED ? CoreScalar.TEXT : CoreScalar.of(text);
    }

    /** Whether the word may stand where text is wanted. */
    boolean isText() {
      return style != Style.PLAIN || scalar() == CoreScalar.TEXT;
    }

    @Override
    public String described() {
      return switch (scalar()) {
        case EMPTY -> "empty";
        case TRUTH, WHOLE, NUMBER -> Quoted.shortened(text);
        case TEXT -> "the text " + Quoted.of(text);
      };
    }

    @Override
    public Origin newest() {
      return origin;
    }
  }

  /** A list. */
  record Items(List<Given> items, Origin origin) implements Given {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String described() {
      return "a list";
    }

    @Override
    public Origin newest() {
      return origin;
    }
  }

  /** Values by name, in the order they were written. */
  record Fields(Map<String, Field> fields, Origin origin) implements Given {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static Fields none(Origin origin) {
      return new Fields(Map.of(), origin);
    }

    /** All but one of them. */
    Fields without(String name) {
      Map<String, Field> others = new LinkedHashMap<>(fields);
      others.remove(name);
      return new Fields(others, origin);
    }

    @Override
    public String described() {
      return "a section";
    }

    @Override
    public Origin newest() {
      return fields.values().stream()
          .map(field -> field.value().newest())
          .max(Origin::compareTo)
          .orElse(origin);
    }
  }

  /** A named value and the place of its name. */
  record Field(Origin name, Given value) {}

  /**
   * This, with what a newer layer says in its stead. Sections are merged; where one layer has a
   * section and the other a value, the value stays so that it is reported, unless it is empty.
   */
  default Given overriddenBy(Given newer) {
    if (newer instanceof Fields over) {
      if (this instanceof Fields under) {
        Map<String, Field> merged = new LinkedHashMap<>(under.fields());
        over.fields()
            .forEach(
                (name, field) ->
                    merged.merge(
                        name,
                        field,
                        (old, fresh) ->
                            new Field(old.name(), old.value().overriddenBy(fresh.value()))));
        return new Fields(merged, under.origin());
      }
      return leavesAllOut() ? newer : this;
    }
    return this instanceof Fields && newer.leavesAllOut() ? this : newer;
  }

  /** Whether this is a section of which nothing is written, not even that it is one. */
  default boolean leavesAllOut() {
    return this instanceof Word word
        && word.scalar() == CoreScalar.EMPTY
        && word.style() == Word.Style.PLAIN;
  }
}
