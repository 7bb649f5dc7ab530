package org.contexture.experiment.keys;

import java.util.Map;
import java.util.regex.Pattern;

/** A part of a settings file as it was written: what it means is said by where it is laid. */
public final class Fragment {
  private static final Pattern DOT = Pattern.compile("\\.");

  private final Given given;

  Fragment(Given given) {
    this.given = given;
  }

  /** Nothing. */
  public static Fragment none() {
    return new Fragment(Given.Fields.none(new Origin(Origin.FILE, 1, 1, "")));
  }

  Given given() {
    return given;
  }

  /** This, with what a newer fragment says in its stead. */
  public Fragment overriddenBy(Fragment newer) {
    return new Fragment(given.overriddenBy(newer.given));
  }

  /** This as the value of the key with a dotted path, such as {@code train.epochs}. */
  public Fragment at(String path) {
    String[] names = DOT.split(path, -1);
    Given value = given;
    for (int i = names.length - 1; i >= 0; i--) {
      value =
          new Given.Fields(
              Map.of(names[i], new Given.Field(given.origin(), value)), given.origin());
    }
    return new Fragment(value);
  }

  boolean isEmpty() {
    return given instanceof Given.Fields fields && fields.fields().isEmpty();
  }

  /** A single value as it was written; of a section or list no more than that it is one. */
  public String text() {
    return given instanceof Given.Word word ? word.text() : given.described();
  }
}
