package org.contexture.experiment.reference;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.contexture.experiment.ExperimentFile;
import org.contexture.experiment.keys.Quoted;
import org.contexture.failure.Failure;

/** A command that trains with the paper's code, such as its README has them. */
public final class ReferenceCommand {
  private static final List<ReferenceProgram> PROGRAMS =
      Stream.concat(
              Stream.of(Track256.Script.values()).map(Track256::new), Stream.of(new Track224()))
          .map(ReferenceProgram.class::cast)
          .toList();

  private final List<String> words;

  private ReferenceCommand(List<String> words) {
    this.words = List.copyOf(words);
  }

  /**
   * A command as it is typed, which is parted into words as a shell does; nothing is expanded.
   *
   * @throws Failure a usage failure when a quote has no end
   */
  public static ReferenceCommand of(String typed) {
    return new ReferenceCommand(ShellWords.of(typed));
  }

  /** A command of words. */
  public static ReferenceCommand of(List<String> words) {
    return new ReferenceCommand(words);
  }

  /**
   * The experiment that does the same. What comes before the program is of no meaning.
   *
   * @throws Failure a usage failure that names all that keeps the command from being translated
   */
  public Translation translate() {
    List<Integer> places =
        IntStream.range(0, words.size())
            .filter(word -> words.get(word).endsWith(".py"))
            .boxed()
            .toList();
    if (places.isEmpty()) {
      throw Failure.usage("The command names no program; %s.", allowed());
    }
    int place = places.get(0);
    ReferenceProgram program =
        program(words.get(place))
            .orElseThrow(
                () ->
                    Failure.usage(
                        "%s is no program that is known; %s.",
                        Quoted.of(words.get(place)), allowed()));
    if (places.stream().skip(1).anyMatch(other -> program(words.get(other)).isPresent())) {
      throw Failure.usage("The command names two programs; give one command at a time.");
    }
    return translate(program, words.subList(place + 1, words.size()));
  }

  private static Optional<ReferenceProgram> program(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return PROGRAMS.stream().filter(known -> known.file().equals(file)).findFirst();
  }

  private Translation translate(ReferenceProgram program, List<String> given) {
    Findings findings = new Findings();
    Flags flags = Flags.read(program.file(), program.flags(), given, findings);
    findings.requireNoProblem();
    ExperimentText settings = new ExperimentText();
    program.translate(flags, settings, findings);
    findings.requireNoProblem();
    String yaml = header(findings) + settings;
    try {
      ExperimentFile.readText("experiment", yaml);
    } catch (Failure unusable) {
      throw unusable.reworded(
          "The command has values that an experiment cannot have. %s", unusable.getMessage());
    }
    return new Translation(yaml, findings.remarks());
  }

  private String header(Findings findings) {
    ExperimentText header = new ExperimentText();
    header.comment("What this command of the paper's code does:");
    header.comment("");
    header.comment("  " + String.join(" ", words));
    List<String> remarks = findings.remarks();
    if (!remarks.isEmpty()) {
      header.comment("");
      header.comment("What is not the same, or is left out:");
      header.comment("");
      remarks.forEach(remark -> header.comment("- " + remark));
    }
    return header.toString();
  }

  private static String allowed() {
    return "allowed: "
        + PROGRAMS.stream().map(ReferenceProgram::file).collect(Collectors.joining(", "));
  }
}
