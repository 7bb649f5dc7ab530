package org.contexture.experiment.reference;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.contexture.experiment.keys.Nearest;
import org.contexture.experiment.keys.Quoted;

/**
 * The flags that a program of the paper's code is given, read as Python's {@code argparse} reads
 * them: {@code --flag value} or {@code --flag=value}, shortened as far as one flag begins so, the
 * last of equal ones.
 */
final class Flags {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private final Map<String, Flag> declared = new LinkedHashMap<>();
  private final Map<String, String> given = new LinkedHashMap<>();
  private final String program;
  private final Findings findings;

  private Flags(String program, List<Flag> declared, Findings findings) {
    this.program = program;
    this.findings = findings;
    declared.forEach(flag -> this.declared.put(flag.name(), flag));
  }

  /**
   * Reads the words that follow the program. Unknown flags become remarks, values that cannot be
   * used become problems.
   */
  static Flags read(String program, List<Flag> declared, List<String> words, Findings findings) {
    Flags flags = new Flags(program, declared, findings);
    int next = 0;
    while (next < words.size()) {
      next += flags.take(words, next);
    }
    flags.declared.values().forEach(flags::check);
    return flags;
  }

  /** Reads what begins at a word; returns how many words that were. */
  private int take(List<String> words, int first) {
    String word = words.get(first);
    if (!word.startsWith("--")) {
      findings.remark(
          "%s belongs to no flag of %s, and is left out.".formatted(Quoted.of(word), program));
      return 1;
    }
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    boolean hasNext = first + 1 < words.size() && isValue(words.get(first + 1));
    Optional<Flag> flag = flag(name);
    if (flag.isEmpty()) {
      findings.remark(unknown(name));
    } else if (equals >= 0) {
      given.put(flag.get().name(), word.substring(equals + 1));
    } else if (hasNext) {
      given.put(flag.get().name(), words.get(first + 1));
    } else {
      findings.problem(flag.get().name() + ": has no value");
    }
    return equals < 0 && hasNext ? 2 : 1;
  }

  private static boolean isValue(String word) {
    return !word.startsWith("-") || NUMBER.matcher(word).matches();
  }

  private Optional<Flag> flag(String name) {
    if (declared.containsKey(name)) {
      return Optional.of(declared.get(name));
    }
    List<Flag> begun =
        declared.values().stream()
            .filter(flag -> name.length() > 2 && flag.name().startsWith(name))
            .toList();
    return begun.size() == 1 ? Optional.of(begun.get(0)) : Optional.empty();
  }

  private String unknown(String name) {
    String meant =
        Nearest.to(name, declared.keySet())
            .map(nearest -> "; did you mean %s?".formatted(nearest))
            .orElse(".");
    return "%s is no flag of %s, and is left out%s".formatted(Quoted.of(name), program, meant);
  }

  private void check(Flag flag) {
    String value = value(flag.name());
    boolean isRight =
        switch (flag.kind()) {
          case TEXT -> flag.choices().isEmpty() || flag.choices().contains(value);
          case WHOLE -> value.matches("[-+]?[0-9]{1,18}");
          case NUMBER ->
              NUMBER.matcher(value).matches() && Double.isFinite(Double.parseDouble(value));
        };
    if (!isRight) {
      String allowed =
          flag.choices().isEmpty()
              ? flag.kind().description()
              : String.join(", ", flag.choices())
                  + Nearest.to(value, flag.choices())
                      .map(nearest -> "; did you mean '%s'?".formatted(nearest))
                      .orElse("");
      String found = isGiven(flag.name()) ? "is " + Quoted.of(value) : "is not given";
      findings.problem("%s: %s; allowed: %s".formatted(flag.name(), found, allowed));
    }
  }

  private String value(String name) {
    return given.getOrDefault(name, declared.get(name).fallback());
  }

  boolean isGiven(String name) {
    return given.containsKey(name);
  }

  String text(String name) {
    return value(name);
  }

  long whole(String name) {
    return Long.parseLong(value(name));
  }

  /** Whether a flag that Python takes for a truth value is one: any number but 0. */
  boolean truth(String name) {
    return whole(name) != 0;
  }

  /** As it is written, but rounded to what a double can tell apart. */
  BigDecimal number(String name) {
    return BigDecimal.valueOf(Double.parseDouble(value(name)));
  }

  /** Names each of some flags that is given although it has no effect. */
  void withoutEffect(String reason, String... names) {
    for (String name : names) {
      if (isGiven(name)) {
        findings.remark("%s has no effect in the paper's code%s.".formatted(name, reason));
      }
    }
  }

  /** Names a flag that is given although nothing here is the same. */
  void withoutEquivalent(String name, String instead) {
    if (isGiven(name)) {
      findings.remark("%s has no equivalent: %s".formatted(name, instead));
    }
  }
}
