package org.contexture.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The document of all commands says what the commands themselves say. With {@code
 * -Dcontexture.write=true} it is written anew first.
 */
class CommandsDocumentTest {
  private static final Path DOCUMENT = Path.of("docs/commands.md");
  private static final String MARKER = "<!-- Written by CommandsDocumentTest from here on. -->\n";
  private static final String HELP = "help";
  private static final int MANY = 4;

  /** A row of a table: an option, or what stands without one. */
  private record Argument(String name, String value, String description) {
    static Argument of(ArgSpec argument) {
      String description = String.join(" ", argument.description());
      if (argument instanceof OptionSpec option) {
        return new Argument(
            String.join(", ", option.names()),
            value(option),
            (option.required() && option.group() == null ? "Required. " : "") + description);
      }
      return new Argument(argument.paramLabel(), "", description);
    }

    private static String value(OptionSpec option) {
      if (option.arity().max() == 0) {
        return "";
      }
      String value = option.paramLabel() + (option.arity().max() > 1 ? " …" : "");
      return option.arity().min() == 0 ? " [" + value + "]" : " " + value;
    }

    String row() {
      return "| `%s%s` | %s |\n"
          .formatted(name, value, description.replace("|", "\\|").replace("<", "&lt;"));
    }
  }

  private record Documented(CommandSpec command, List<Argument> arguments) {}

  @Test
  void theTablesAreThoseOfTheCommands() throws IOException {
    String written = Files.readString(DOCUMENT);
    assertThat(written).contains(MARKER);
    String fresh = written.substring(0, written.indexOf(MARKER)) + MARKER + reference();
    if (Boolean.getBoolean("contexture.write")) {
      Files.writeString(DOCUMENT, fresh);
    }
    assertThat(Files.readString(DOCUMENT))
        .as("write it anew with mvn test -Dtest=CommandsDocumentTest -Dcontexture.write=true")
        .isEqualTo(fresh);
  }

  private static String reference() {
    List<Documented> commands = new ArrayList<>();
    collect(new CommandLine(Main.class).getCommandSpec(), commands);
    Map<Argument, Integer> uses = new LinkedHashMap<>();
    commands.forEach(
        command -> command.arguments().forEach(argument -> uses.merge(argument, 1, Integer::sum)));
    StringBuilder text = new StringBuilder("\n### Options of many commands\n\n");
    text.append(
        "All commands take `-h, --help`, `-V, --version` and `--verbose`, which shows the stack trace of a failure. Many take some of these:\n\n");
    Set<Argument> shared = new LinkedHashSet<>(uses.keySet());
    shared.removeIf(argument -> uses.get(argument) < MANY || uses.get(argument) == commands.size());
    table(List.copyOf(shared), text);
    for (Documented command : commands) {
      command.arguments().removeIf(argument -> uses.get(argument) == commands.size());
      section(command, shared, text);
    }
    return text.toString();
  }

  /** All commands that do something, in the order of the help. */
  private static void collect(CommandSpec command, List<Documented> found) {
    if (command.subcommands().isEmpty()) {
      List<Argument> arguments = new ArrayList<>();
      command.positionalParameters().forEach(given -> arguments.add(Argument.of(given)));
      command.options().forEach(option -> arguments.add(Argument.of(option)));
      found.add(new Documented(command, arguments));
    }
    command
        .subcommands()
        .forEach(
            (name, below) -> {
              if (!name.equals(HELP)) {
                collect(below.getCommandSpec(), found);
              }
            });
  }

  private static void section(Documented command, Set<Argument> shared, StringBuilder text) {
    text.append("\n### %s\n\n".formatted(command.command().qualifiedName()));
    text.append(String.join(" ", command.command().usageMessage().description()));
    List<Argument> own = new ArrayList<>(command.arguments());
    own.removeAll(shared);
    List<Argument> common = new ArrayList<>(command.arguments());
    common.retainAll(shared);
    if (!common.isEmpty()) {
      text.append(
          common.stream()
              .map(argument -> "`" + argument.name() + "`")
              .collect(joining(", ", "\n\nTakes ", own.isEmpty() ? "." : ", and:")));
    }
    text.append("\n");
    if (!own.isEmpty()) {
      text.append("\n");
      table(own, text);
    }
  }

  private static void table(List<Argument> arguments, StringBuilder text) {
    text.append("| option | what it does |\n|---|---|\n");
    arguments.forEach(argument -> text.append(argument.row()));
  }
}
