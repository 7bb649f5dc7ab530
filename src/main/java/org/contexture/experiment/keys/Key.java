package org.contexture.experiment.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A key of a settings file: its name, what its value may be, its default, and what it does. A key
 * without a default is required, except that a section left out is a section of defaults.
 */
public final class Key<T> {
  private final String name;
  private final Type<T> type;
  private final Optional<T> fallback;
  private final String description;

  private Key(String name, Type<T> type, Optional<T> fallback, String description) {
    this.name = name;
    this.type = type;
    this.fallback = fallback;
    this.description = description;
  }

  /** Text of the form of a regular expression; {@code inWords} says which for messages. */
  public static Key<String> text(String name, String form, String inWords, String description) {
    return of(name, new TextType(Pattern.compile(form), inWords), description);
  }

  /** Such a text, or {@code none}. */
  public static Key<Optional<String>> textOrNone(
      String name, String form, String inWords, String description) {
    return of(name, new OptionalType<>(new TextType(Pattern.compile(form), inWords)), description);
  }

  /** A whole number, the ends included. */
  public static Key<Integer> whole(String name, int minimum, int maximum, String description) {
    return of(name, WholeType.ofInt(minimum, maximum), description);
  }

  /** Such a number, or {@code none}. */
  public static Key<Optional<Integer>> wholeOrNone(
      String name, int minimum, int maximum, String description) {
    return of(name, new OptionalType<>(WholeType.ofInt(minimum, maximum)), description);
  }

  /** A whole number that may need 64 bits, the ends included. */
  public static Key<Long> longWhole(String name, long minimum, long maximum, String description) {
    return of(name, WholeType.ofLong(minimum, maximum), description);
  }

  /** Such a number, or {@code none}. */
  public static Key<Optional<Long>> longWholeOrNone(
      String name, long minimum, long maximum, String description) {
    return of(name, new OptionalType<>(WholeType.ofLong(minimum, maximum)), description);
  }

  /** A finite number. */
  public static Key<Double> number(String name, Range range, String description) {
    return of(name, new NumberType(range), description);
  }

  /** Such a number, or {@code none}. */
  public static Key<Optional<Double>> numberOrNone(String name, Range range, String description) {
    return of(name, new OptionalType<>(new NumberType(range)), description);
  }

  /** {@code true} or {@code false}. */
  public static Key<Boolean> truth(String name, String description) {
    return of(name, new TruthType(), description);
  }

  /** One of a few values, each by the name that {@code named} gives it. */
  public static <E> Key<E> choice(
      String name, List<E> choices, Function<E, String> named, String description) {
    return of(name, new ChoiceType<>(choices, named), description);
  }

  /** A path. */
  public static Key<Path> path(String name, String description) {
    return of(name, new PathType(), description);
  }

  /** A path, or {@code none}. */
  public static Key<Optional<Path>> pathOrNone(String name, String description) {
    return of(name, new OptionalType<>(new PathType()), description);
  }

  /** A list of different whole numbers, ascending once read. */
  public static Key<List<Integer>> wholes(
      String name, int minimum, int maximum, String description) {
    return of(name, new WholeListType(minimum, maximum), description);
  }

  /** Such a list, or {@code none}. */
  public static Key<Optional<List<Integer>>> wholesOrNone(
      String name, int minimum, int maximum, String description) {
    return of(name, new OptionalType<>(new WholeListType(minimum, maximum)), description);
  }

  /** Keys of their own below this one. */
  public static <S> Key<S> section(String name, Section<S> section, String description) {
    return of(name, section, description);
  }

  /** Settings of another declaration. */
  public static Key<Fragment> fragment(String name, String description) {
    return of(name, new FragmentType(FragmentType.Form.SECTION), description);
  }

  /** Settings of another declaration by names of a certain form, in the order of the file. */
  public static Key<Map<String, Fragment>> fragments(
      String name, String form, String inWords, String description) {
    return of(
        name,
        new NamedType<>(
            Pattern.compile(form), inWords, new FragmentType(FragmentType.Form.SECTION)),
        description);
  }

  /** Dotted keys of another declaration, each with a list of values, in the order of the file. */
  public static Key<Map<String, List<Fragment>>> alternatives(String name, String description) {
    return of(
        name,
        new NamedType<>(
            Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)*"),
            "a dotted key such as train.epochs",
            new ListType<>(new FragmentType(FragmentType.Form.SINGLE_VALUE))),
        description);
  }

  private static <T> Key<T> of(String name, Type<T> type, String description) {
    return new Key<>(name, type, Optional.empty(), description);
  }

  /** The same key with a default. */
  public Key<T> or(T value) {
    return new Key<>(name, type, Optional.of(value), description);
  }

  public String name() {
    return name;
  }

  Type<T> type() {
    return type;
  }

  Optional<T> fallback() {
    return fallback;
  }

  String description() {
    return description;
  }

  boolean isSection() {
    return type instanceof Section;
  }

  /** The default as a file would say it. */
  Optional<String> writtenFallback() {
    return fallback.map(type::written);
  }

  /** The default as plain data. */
  Optional<Object> plainFallback() {
    return fallback.map(type::plain);
  }

  /** The dotted path of this key in the section at {@code section}, which is empty for the file. */
  String pathIn(String section) {
    return section.isEmpty() ? name : section + "." + name;
  }
}
