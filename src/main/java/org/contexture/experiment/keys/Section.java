package org.contexture.experiment.keys;

import static java.util.stream.Collectors.joining;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The keys that belong together, the rules between them, and what is made of their values. One key
 * of a section, a choice, may govern others: they apply only while it has a certain value, and may
 * mean something else, or have another default, for each.
 */
public final class Section<T> extends Type<T> {
  private final List<Key<?>> always;
  private final Optional<Variants<?>> variants;
  private final List<Rule> rules;
  private final Optional<Key<Optional<Path>>> base;
  private final Function<Values, T> made;

  private Section(Declaration declaration, Function<Values, T> made) {
    this.always = List.copyOf(declaration.always);
    this.variants = declaration.variants;
    this.rules = List.copyOf(declaration.rules);
    this.base = declaration.base;
    this.made = made;
  }

  /** Starts the declaration of a section with the keys that always apply. */
  public static Declaration of(Key<?>... keys) {
    return new Declaration(List.of(keys));
  }

  /** A rule over several keys: what is wrong with their values, if anything. */
  record Rule(List<Key<?>> keys, Function<Values, Optional<String>> violation) {}

  /** A section in the making. */
  public static final class Declaration {
    private final List<Key<?>> always;
    private final List<Rule> rules = new ArrayList<>();
    private Optional<Variants<?>> variants = Optional.empty();
    private Optional<Key<Optional<Path>>> base = Optional.empty();

    private Declaration(List<Key<?>> always) {
      this.always = always;
    }

    /** Keys that apply only while {@code governor}, a choice of this section, has a value. */
    @CanIgnoreReturnValue
    public <E> Declaration when(Key<E> governor, E value, Key<?>... keys) {
      Variants<?> grown =
          variants.isPresent()
              ? variants.get().with(governor, value, List.of(keys))
              : new Variants<>(governor, Map.of(value, List.of(keys)));
      variants = Optional.of(grown);
      return this;
    }

    /**
     * A rule between keys, asked when all of them apply and were read; {@code violation} says what
     * is wrong and what to do, and is reported at the newest of them.
     */
    @CanIgnoreReturnValue
    public Declaration rule(List<Key<?>> keys, Function<Values, Optional<String>> violation) {
      rules.add(new Rule(List.copyOf(keys), violation));
      return this;
    }

    /**
     * The key by which a file names another one that it is laid over, for the section of a whole
     * file. It is followed when the file is read, and is no setting: {@code --set} does not take
     * it.
     */
    @CanIgnoreReturnValue
    public Declaration extending(Key<Optional<Path>> key) {
      base = Optional.of(key);
      return this;
    }

    /** The finished section, with what is made of its values. */
    public <T> Section<T> as(Function<Values, T> made) {
      return new Section<>(this, made);
    }
  }

  List<Key<?>> always() {
    return always;
  }

  Optional<Variants<?>> variants() {
    return variants;
  }

  /** The key that names the file below, in files that may have one. */
  Optional<Key<Optional<Path>>> base() {
    return base;
  }

  List<Rule> rules() {
    return rules;
  }

  T make(Values values) {
    return made.apply(values);
  }

  /** Every key that applies for some choice, those of the first choices first. */
  List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(always);
    variants.ifPresent(governed -> keys.addAll(governed.all()));
    return keys;
  }

  /** Whether a key of this name applies for some choice. */
  boolean has(String name) {
    return keys().stream().anyMatch(key -> key.name().equals(name));
  }

  /** The dotted path of every key below, sections included. */
  Set<String> paths(String path) {
    Set<String> paths = new LinkedHashSet<>();
    for (Key<?> key : keys()) {
      paths.add(key.pathIn(path));
      if (key.type() instanceof Section<?> section) {
        paths.addAll(section.paths(key.pathIn(path)));
      }
    }
    return paths;
  }

  @Override
  Optional<T> read(Given given, String path, Report report) {
    if (given instanceof Given.Fields fields) {
      return new SectionReader<>(this, path, fields, report).read();
    }
    if (given.leavesAllOut()) {
      return read(Given.Fields.none(given.origin()), path, report);
    }
    report.refused(given, path, this);
    return Optional.empty();
  }

  @Override
  String allowed() {
    List<Key<?>> keys = new ArrayList<>(keys());
    base.ifPresent(keys::add);
    return "a section with the keys " + names(keys);
  }

  static String names(List<Key<?>> keys) {
    return keys.stream().map(Key::name).distinct().collect(joining(", "));
  }

  @Override
  Map<String, Object> schema() {
    return SectionSchema.of(this);
  }

  @Override
  Object plain(T value) {
    throw new IllegalStateException("a section has no single value");
  }
}
