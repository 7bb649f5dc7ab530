package org.contexture.cli;

import picocli.CommandLine.Command;

/** Experiments, apart from running them. */
@Command(
    name = "experiments",
    description = "Find and write experiments.",
    mixinStandardHelpOptions = true,
    subcommands = ExperimentsFromReferenceCommand.class)
final class ExperimentsCommand {}
