package org.contexture.cli;

import picocli.CommandLine.Command;

/** Experiment files, apart from running them. */
@Command(
    name = "experiments",
    description = "List experiment files, show what one of them says, or write one.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ExperimentsListCommand.class,
      ExperimentsShowCommand.class,
      ExperimentsFromReferenceCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class ExperimentsCommand {}
