package org.contexture.cli;

import picocli.CommandLine.Command;

/** Looks at experiment files. */
@Command(
    name = "experiments",
    description = "List experiment files, and show what one of them says.",
    mixinStandardHelpOptions = true,
    subcommands = {ExperimentsListCommand.class, ExperimentsShowCommand.class},
    synopsisSubcommandLabel = "COMMAND")
final class ExperimentsCommand {}
